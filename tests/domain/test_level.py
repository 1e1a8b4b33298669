"""Levels: told apart by glyph and by word, never by colour alone, and ordered worst first."""

from rich.cells import cell_len

from therapist_tui.domain.level import Level


def test_levels_are_ordered_worst_first():
    assert sorted(Level, key=lambda level: level.rank) == list(Level)
    assert [level.word for level in Level] == ["STOP", "ASK", "AVOID", "ADAPT", "CHECK"]


def test_each_level_has_its_own_glyph_of_one_cell_and_its_own_words():
    assert [level.glyph for level in Level] == ["■", "▲", "◆", "●", "?"]
    assert {cell_len(level.glyph) for level in Level} == {1}
    assert len({level.meaning for level in Level}) == len(Level)
