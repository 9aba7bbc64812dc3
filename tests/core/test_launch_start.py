"""What a tool offers to copy, or why it does not."""

from planner.catalogue import load_model
from planner.core.launch import LaunchTool, Shell, launch
from planner.core.launch_start import start_of
from planner.core.plan import CacheType, PlanOptions

PHI_4 = load_model("phi-4")


def test_that_a_start_holds_the_command_of_its_tool():
    plan = PlanOptions().plan(PHI_4, "Q4_K_M")
    start = start_of(PHI_4, plan, LaunchTool.LLAMA_SERVER, Shell.POWERSHELL)
    assert start.reason == ""
    assert start.launch == launch(PHI_4, plan, LaunchTool.LLAMA_SERVER, shell=Shell.POWERSHELL)


def test_that_a_refusal_is_told_as_the_reason():
    options = PlanOptions(
        cache_type_k=CacheType.Q8_0, cache_type_v=CacheType.Q4_0, flash_attention=True
    )
    start = start_of(PHI_4, options.plan(PHI_4, "Q4_K_M"), LaunchTool.OLLAMA, Shell.POSIX)
    assert start.launch is None
    assert "Ollama stores keys and values in one type" in start.reason
