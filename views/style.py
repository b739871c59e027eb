"""
The few rules of style that Streamlit's theme does not cover.

Colours are the theme's own, mixed from that of the text where they are fainter, so that
they hold in light and dark; a few differ by `light-dark`. A ring of three pixels marks
what has the focus; Streamlit itself marks some of it by a shade that few will see.
"""

_COLOURS = """
:root {
  --m-faint: color-mix(in srgb, currentColor 80%, transparent);
  --m-line: color-mix(in srgb, currentColor 25%, transparent);
  --m-edge: light-dark(#7d8d96, #7f929c);
  --m-shade: color-mix(in srgb, currentColor 7%, transparent);
  --m-mark: light-dark(#0f5e73, #6fc5da);
  --m-on-mark: light-dark(#ffffff, #0b1a20);
  --m-aside: light-dark(#49555c, #b9c3c8);
  --m-land: light-dark(transparent, #f7f5f0);
}
"""
"""`--m-land`: signs of the map are drawn for its pale land, also where the page is dark."""

_PAGE = """
[data-testid="stMainBlockContainer"] { padding-top: 1rem; padding-bottom: 3rem; }
[data-testid="stElementContainer"]:has(#m-words, #m-words-script, [data-own]) { display: none; }
h1 { padding: 0 !important; margin: .25rem 0 .5rem !important; font-size: 1.9rem !important;
  line-height: 1.2 !important; text-wrap: balance; overflow-wrap: anywhere; }
.stHtml h2 { font-size: 1.35rem; padding: 1rem 0 .25rem; }
.stHtml h3 { font-size: 1.1rem; padding: .75rem 0 .25rem; }
.m-answer { font-size: 1.5rem; line-height: 1.4; max-width: 58rem; margin: 0 0 .5rem; }
.m-notes, .m-doubts { max-width: 60rem; margin: 0 0 .5rem; color: var(--m-faint); }
.m-doubts ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
[data-testid="stCaptionContainer"] { color: var(--m-aside); opacity: 1 !important; }
.m-read { max-width: 44rem; }
.m-read dt { font-weight: 600; }
.m-read dd { margin: 0 0 .4rem; }
.m-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.stCheckbox label > span + div { outline: 1px solid var(--m-edge); }
[data-tag], [data-tag] *, [data-testid$="Button-primary"], [data-testid$="Button-primary"] * {
  color: var(--m-on-mark) !important; }
iframe[data-testid="stCustomComponentV1"] { border-radius: .4rem; }
html { --m-zoom: 1; }
[class*="st-key-frame-"] iframe { width: 100% !important; zoom: var(--m-zoom); }
.st-key-frame-map iframe, .st-key-frame-gaps iframe, .st-key-frame-places iframe {
  height: max(520px, 62vh / var(--m-zoom)) !important; }
.st-key-gaps, :has(> .st-key-gaps) { height: max(520px, 62vh) !important; }
.m-legend img { background: var(--m-land); border-radius: .2rem; flex: none; }
"""

_WAYS = """
.st-key-ways { gap: 0 .25rem !important; flex-wrap: wrap; margin-bottom: .75rem;
  border-bottom: 1px solid var(--m-line); }
.st-key-ways a { padding: .6rem .9rem !important; margin: 0 !important;
  border-radius: .3rem .3rem 0 0; border-bottom: 3px solid transparent;
  background: none !important; }
.st-key-ways a p { font-size: 1.05rem; }
.st-key-ways a:hover { background: var(--m-shade) !important; border-color: var(--m-line); }
.st-key-ways a[aria-current] { border-color: var(--m-mark); }
.st-key-ways a[aria-current] p, .st-key-more a[aria-current] p { font-weight: 650; }
.st-key-tries { gap: .6rem .5rem !important; align-items: center; }
.st-key-tries a, .st-key-ways a { color: inherit; }
.st-key-tries a { border: 1px solid var(--m-line); border-radius: 2rem; margin: 0 !important;
  padding: .3rem .9rem !important; background: none !important; }
.st-key-tries a p { font-weight: 400 !important; }
.st-key-tries a:hover { background: var(--m-shade) !important; }
.st-key-tries .stPageLink { padding: .2rem 0; }
.st-key-tries .stElementContainer:has(.stHtml) { width: auto; flex: none; }
.st-key-more { gap: 0 !important; border-top: 1px solid var(--m-line); padding-top: .75rem; }
"""

_TABLES = """
.stHtml:has(> .m-table), .m-scroll { overflow-x: auto; }
.m-table { border-collapse: collapse; width: 100%; max-width: 72rem; margin: .75rem 0 1.25rem; }
.m-table caption { text-align: left; font-weight: 600; font-size: 1.1rem; padding: .25rem 0; }
.m-table th, .m-table td { padding: .4rem .75rem; text-align: right; }
.m-table tr { border-bottom: 1px solid var(--m-line); }
.m-table th:first-child, .m-table .m-words { text-align: left; }
.m-table th:first-child { min-width: 11rem; padding-left: 0; }
.m-table thead th { font-weight: 600; vertical-align: bottom; text-wrap: balance; }
.m-table td { vertical-align: top; font-variant-numeric: tabular-nums; }
.m-table tbody th { font-weight: 400; vertical-align: top; }
"""

_BARS = """
.m-table .m-barred { min-width: 11rem; }
.m-here th, .m-here td { font-weight: 650 !important; }
.m-bar { position: relative; display: block; height: .9rem; margin-top: .25rem;
  border: 1px solid var(--m-line); border-radius: .15rem; }
.m-bar i { position: absolute; top: 0; bottom: 0; left: 0; background: var(--m-mark); }
.m-bar .m-unsure { background: repeating-linear-gradient(135deg, var(--m-mark) 0 3px,
  transparent 3px 7px); }
.m-bar .m-all { top: -4px; bottom: -4px; width: 3px; margin-left: -2px;
  background: currentColor; }
.m-side { max-width: 60rem; margin: 0 0 .5rem; }
"""

_GAPS = """
.st-key-gaps { gap: .4rem !important; }
.st-key-gaps button { justify-content: flex-start; padding: .4rem .75rem; }
.st-key-gaps button > *, .st-key-gaps button [data-testid="stMarkdownContainer"] {
  width: 100%; justify-content: flex-start; }
.st-key-gaps button p { text-align: left; white-space: normal !important;
  overflow-wrap: anywhere; }
.m-gap { border-left: 4px solid var(--m-mark); padding-left: .9rem; }
.m-gap h2 { padding-top: .25rem !important; }
"""

_PLACES = """
.m-place { display: block; width: 1.75rem; height: 1.75rem; background: var(--m-land);
  border-radius: .2rem; }
[class*="st-key-to-place-"] button, [class*="st-key-to-place-"] button p {
  justify-content: flex-start; text-align: left; overflow-wrap: anywhere; }
.st-key-places-list { gap: .1rem !important; }
.m-chosen { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.m-card h3 { padding-top: 0; overflow-wrap: anywhere; }
.m-card h4 { font-size: 1rem; padding: .75rem 0 .25rem; }
.m-card .m-table { margin: .25rem 0 1rem; }
.m-card .m-table td { min-width: 7rem; overflow-wrap: break-word; }
.m-card .m-table th:first-child { min-width: 7rem; }
.m-card .m-table caption { font-size: 1rem; }
@media (min-width: 62rem) {
  [data-testid="stColumn"]:has(.st-key-places-map) { position: sticky; top: 3.5rem;
    align-self: flex-start; }
}
"""

_SCENARIO = """
.st-key-scenario .stHtml h2 { margin: 0; padding: .75rem 0 0; }
.st-key-scenario-head .m-answer { min-height: 4.2em; }
"""
"""Three lines are kept for the answer, or the map below would move away under the hand."""

_FOCUS = """
:focus-visible,
label:has(input:focus-visible),
[data-rac]:has(> div > input[type="range"]:focus-visible),
.stSelectbox div:has(> input:focus-visible),
.stMultiSelect [role="group"]:has(> div > input:focus-visible) {
  outline: 3px solid var(--m-mark) !important; outline-offset: 2px !important;
  box-shadow: none !important; }
.stSelectbox input:focus-visible,
.stMultiSelect input:focus-visible { outline: none !important; }
[data-testid="stMain"]:focus-visible, [data-testid="stSidebarContent"]:focus-visible,
.stHtml:focus-visible, .m-scroll:focus-visible { outline-offset: -3px !important; }
[role="option"][data-focus-visible], [role="option"][data-focused] {
  outline: 3px solid var(--m-mark) !important; outline-offset: -3px !important; }
"""
"""Of a choice that is hidden under its own drawing, the drawing gets the ring."""

_SIZES = """
@media (max-width: 48rem) {
  [data-testid="stMainBlockContainer"] { padding: 3.75rem 1rem 2rem; }
  .st-key-ways a { padding: .55rem .6rem !important; }
  h1 { font-size: 1.6rem !important; }
  .m-answer { font-size: 1.2rem; }
  .m-table th, .m-table td { padding: .35rem .5rem; }
  .m-table th:first-child { min-width: 6rem; }
  .st-key-gaps, :has(> .st-key-gaps) { height: auto !important; }
}
@media (min-width: 150rem) {
  html { --m-zoom: 1.375; font-size: 137.5% !important; }
  .m-legend img { zoom: var(--m-zoom); }
  [data-testid="stSidebar"][style*="width: 300px"] { width: 20rem !important; }
}
@media (min-width: 215rem) {
  html { --m-zoom: 1.875; font-size: 187.5% !important; }
}
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { animation-duration: .01ms !important;
    animation-iteration-count: 1 !important; transition-duration: .01ms !important;
    scroll-behavior: auto !important; }
}
"""
"""On a wall of many pixels all grows with it: nobody sits as near as at a desk."""

_LISTS = f"{_TABLES}{_BARS}{_GAPS}{_PLACES}{_SCENARIO}"

STYLE = f"<style>{_COLOURS}{_PAGE}{_WAYS}{_LISTS}{_FOCUS}{_SIZES}</style>"
