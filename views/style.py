"""The few rules of style that Streamlit's theme does not cover."""

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 1.5rem; padding-bottom: 3rem; }
h1 { padding-top: 0 !important; padding-bottom: .5rem !important; }
.m-answer { font-size: 1.35rem; line-height: 1.45; max-width: 60rem; margin: 0 0 .5rem; }
.m-notes { max-width: 60rem; margin: 0 0 .5rem; color: #4a5a63; }
.m-doubts { max-width: 60rem; color: #4a5a63; }
.m-doubts ul { margin: 0 0 .5rem; padding-left: 1.2rem; }
.m-table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; }
.m-table caption { text-align: left; font-weight: 600; font-size: 1.1rem; padding: .25rem 0; }
.m-table th, .m-table td { padding: .35rem .75rem; text-align: right; }
.m-table tr { border-bottom: 1px solid #7d8d9660; }
.m-table th:first-child, .m-table .m-words { text-align: left; }
.m-table th:first-child { min-width: 11rem; }
.m-table thead th { font-weight: 600; vertical-align: bottom; text-wrap: balance; }
.m-table td { vertical-align: top; }
.m-table tbody th { font-weight: 400; vertical-align: top; }
</style>"""
