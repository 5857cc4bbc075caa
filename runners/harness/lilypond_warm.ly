\version "2.24.0"
% Engraved by a LilyPond that was started ahead, so that its fonts and engravers are loaded.
\bookOutputName "warmed"
\header { title = "A" composer = "B" tagline = ##f }
\score {
  \new PianoStaff <<
    \new Staff {
      \clef treble \key g \major \time 4/4 \tempo "Allegro" 4 = 120
      c'4-. d'8\p( e') <f' a'>2~ | \tuplet 3/2 { a'8 b' c'' } r2.\fermata \bar "|."
    }
    \addlyrics { la la la }
    \new Staff { \clef bass c1\< | c1\! }
  >>
  \layout { }
}
#(chdir "..") % out of the folder of the pictures, into which each file goes by itself
