"""What the controller's tests share: a controller with no window above it."""

from typing import Any, cast

import pytest

from planner.ui.controller import Choices, Controller, Services
from tests.ui.controller.fakes import FakeDetection, FakeSession, FakeView
from tests.ui.machines import NO_GPU, ONE_GPU


@pytest.fixture
def saved():
    return []


@pytest.fixture
def view():
    return FakeView()


@pytest.fixture
def make(view, saved):
    def make(machine=NO_GPU, found=ONE_GPU, choices=None, save=None):
        services = Services(
            open_session=cast("Any", FakeSession),
            start_detection=lambda: FakeDetection(found),
            save_choices=save or saved.append,
        )
        controller = Controller(view, services, machine=machine, choices=choices or Choices())
        controller.start()
        return controller

    return make
