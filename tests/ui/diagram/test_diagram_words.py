from planner.core.diagram.words import DiagramWords
from planner.ui.diagram.diagram_words import diagram_words


def test_that_the_windows_english_is_that_of_the_exports(qapp):
    words, plain = diagram_words(), DiagramWords()
    assert dict(plain.block_titles) == dict(words.block_titles)
    assert dict(plain.layer_kinds) == dict(words.layer_kinds)
    assert dict(plain.inputs) == dict(words.inputs)
    maps = ("block_titles", "layer_kinds", "inputs")
    for name in set(DiagramWords.__slots__) - set(maps) - {"share"}:
        ours, theirs = getattr(words, name), getattr(plain, name)
        if callable(theirs):
            for figure in (0, 160, 327_680, 48_700_000, 1_782_000_000, 41_900_000_000):
                assert ours(figure) == theirs(figure), name
        else:
            assert ours == theirs, name
    for ratio in (0.0, 0.0004, 0.004, 0.29):
        assert words.share(ratio) == plain.share(ratio)


def test_that_every_word_goes_through_the_translation(qapp, monkeypatch):
    import planner.ui.diagram.diagram_words as module

    monkeypatch.setattr(module, "translate", lambda _context, words: words.upper())
    words = diagram_words()
    for name in DiagramWords.__slots__:
        value = getattr(words, name)
        if isinstance(value, str):
            assert value == value.upper(), name
    for titles in (words.block_titles, words.layer_kinds, words.inputs):
        assert all(title == title.upper() for title in titles.values())
    assert all(label == label.upper() for label in words.legend)
