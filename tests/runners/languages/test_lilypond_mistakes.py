"""LilyPond as models almost get it right: names, commands, braces, durations, words."""

from __future__ import annotations

from pathlib import Path

from tests.runners.mistakes import Mistake, wrongly_told

V = '\\version "2.24.0"\n'

COMMANDS: list[Mistake] = [
    (V + "\\scor {\n  { c'4 d' e' f' }\n}\n", 2, "did you mean \\score?"),
    (V + "\\relatve c' { c4 d e f }\n", 2, "did you mean \\relative?"),
    (V + "{\n  \\clef treble\n  \\tim 4/4\n  c'4\n}\n", 4, "did you mean \\time?"),
    (V + "{\n  \\repeat volta 2 { c'4 d' e' f' }\n  \\alternatve { { g'1 } { c'1 } }\n}\n", 4, "did you mean \\alternative?"),
    (V + "melody = { c'4 d' e' f' }\n\\score {\n  \\new Staff \\melodie\n}\n", 4, "did you mean \\melody?"),
    (V + "\\score {\n  \\new Staf { c'4 }\n}\n", 3, "did you mean Staff?"),
    (V + "{ c'4 \\fff d' \\pianissimo e' f' }\n", 2, "\\pp"),
    (V + "{ \\clef trebel c'4 }\n", 2, "did you mean treble?"),
    (V + "{ \\set Staff.instrumentNam = \"Flute\" c'4 }\n", 2, "did you mean instrumentName?"),
    (V + "{ \\override NoteHed.color = #red c'4 }\n", 2, "did you mean NoteHead?"),
    (V + "{ c'4 d'\\stacato e' f' }\n", 2, "did you mean \\staccato?"),
]  # fmt: skip

NOTES: list[Mistake] = [
    (V + "{\n  c'4 d'\n  h'4 f'\n}\n", 4, "b is B"),
    (V + "{ c'4 f#'4 g' }\n", 2, "fis"),
    (V + "{ c'4 bb'4 a' }\n", 2, "bes"),
    (V + "{ C'4 D'4 }\n", 2, "small letters"),
    (V + "{ c4' d4' }\n", 2, "before the duration"),
    (V + "{\n  c'4 d'\n  e'3 f'4\n}\n", 4, "durations are"),
    (V + "{ c'4 d'5 e' }\n", 2, "durations are"),
    (V + "{ c'4 d'4.. e'6 }\n", 2, "durations are"),
    (V + "{ \\time 4/4\n  c'4 d' e' f' g' |\n  c'1 |\n}\n", 3, "bar"),
    (V + "\\language \"english\"\n{ cis'4 d' }\n", 3, "cs"),
    (V + "{ <c' e' g'4 d'4 }\n", 2, ">"),
    (V + "{ <c'4 e'4 g'4> d'4 }\n", 2, "behind the >"),
    (V + "{ (c'4 d' e') f' }\n", 2, "after the first note"),
    (V + "{ c'4( d' e' f' }\n", 2, "slur"),
    (V + "{ \\tuplet 3 { c'8 d' e' } }\n", 2, "3/2"),
    (V + "{ \\key c major c'4 }\n", 2, "\\major"),
    (V + "{ \\key H \\major c'4 }\n", 2, "small letters"),
    (V + "{ \\key \\major c'4 }\n", 2, "\\key c \\major"),
    (V + "{ \\time 4 c'4 }\n", 2, "4/4"),
    (V + "{ \\time 3/5 c'4 }\n", 2, "3/5"),
    (V + "{\n  \\key c# \\minor c'4\n}\n", 3, "\\key cis"),
    (V + "{\n  \\key Bb \\major c'4\n}\n", 3, "\\key bes"),
    (V + "{\n  \\repeat 2 { c'4 d' e' f' }\n}\n", 3, "\\repeat volta 2"),
    (V + "{ c'1 \\bar |.\n}\n", 2, "double quotes"),
]  # fmt: skip

SHAPE: list[Mistake] = [
    (V + "{\n  c'4 d' e' f'\n", 2, "never closed"),
    (V + "\\score {\n  \\new Staff {\n    c'4 d' e' f'\n  \\layout { }\n}\n", 3, "never closed"),
    (V + "{ c'4 d' } }\n", 2, "closes nothing"),
    (V + "\\score {\n  <<\n    \\new Staff { c'4 }\n    \\new Staff { e'4 }\n}\n", 3, "<<"),
    (V + '\\header { title = "My song }\n{ c\'4 }\n', 2, '"'),
    (V + "\\header { title = My song }\n{ c'4 }\n", 2, "double quotes"),
    (V + "\\header {\n  title: \"My song\"\n}\n{ c'4 }\n", 3, "="),
    (V + "\\score {\n  \\new Staff { c'4 }\n  \\layot { }\n}\n", 4, "did you mean \\layout?"),
    (V + "\\score {\n  \\layout { }\n}\n", 2, "music"),
    (V + "one = { c'4 }\n\\score { \\one }\n\\score {\n  \\layout { \\context { \\Score } }\n  \\midi { }\n}\n", 4, "music"),
    (V + "part2 = { c'4 }\n{ \\part2 }\n", 2, "letters alone"),
    (V + "#(set-global-staff-size 24\n{ c'4 }\n", 2, "closing )"),
    (V + "// a comment\n{ c'4 }\n", 2, "%"),
    (V + "\\new Staff {\n  c'4 d' e' f'\n}\n\\addlyrics { la la la la la\n", 5, "never closed"),
    (V + "<<\n  \\new Voice = \"one\" { c'4 d' }\n  \\new Lyrics \\lyricsto \"tow\" { la la }\n>>\n", 4, "one"),
    (V + "{ c'4 d' }\n\\addlyric { la la }\n", 3, "did you mean \\addlyrics?"),
    (V + "\\paper { indent = 10 m }\n{ c'4 }\n", 2, "\\mm"),
    (V + "\\chords { c1 d:mayor }\n", 2, "maj"),
    (V + "\\markup { \\bld { words } }\n{ c'4 }\n", 2, "did you mean \\bold?"),
    (V + "{ #(foo 1) c'4 }\n", 2, "foo"),
    ("% Mine\n\\version \"2.99.0\"\n{ c'4 }\n", 2, "2.24.0"),
    (V + "{ c'4 }\n\\markup { \\postscript \"0 0 moveto 3 3 lineto stroke\" }\n", 3, "PostScript"),
]  # fmt: skip


def test_a_mistake_is_told_where_a_person_would_look(tmp_path: Path) -> None:
    wrong = wrongly_told(COMMANDS + NOTES + SHAPE, "lilypond", tmp_path)
    assert not wrong, "\n".join(wrong)
