"""axe-core, which looks for what keeps people with disabilities out of a page."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LAW = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
"""What the law asks of the public sector; axe-core's names of it."""

FADED_MS = 600
"""What opens fades in: meanwhile its text is pale."""

STILL = """() => Promise.allSettled(
    document.getAnimations()
        .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished)
)"""
"""Waits until nothing fades or moves any more, on a machine however slow."""

RUN = """async ([tags, best]) => {
    const values = best ? [...tags, "best-practice"] : tags;
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"] };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, help, tags, nodes }) => nodes.map((node) => ({
        rule: id, help, best: tags.includes("best-practice"),
        where: node.target.join(" › "), html: node.html.slice(0, 300),
        why: node.failureSummary.replaceAll("\\n", " ").slice(0, 400),
    })));
}"""


def violations(page: Page, *, best: bool = False) -> list[dict[str, str]]:
    """
    Return what axe-core finds on a page and in the frames on it, element by element.

    `best`: also what no law asks for, but is good practice.
    """
    page.wait_for_timeout(FADED_MS)
    for frame in page.frames:
        frame.evaluate(STILL)
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(SCRIPT)
    found: list[dict[str, str]] = page.evaluate(RUN, [LAW, best])
    return found


def told(found: list[dict[str, str]]) -> str:
    """Return findings as lines to read."""
    return "\n".join(f"{one['rule']}: {one['where']}\n    {one['why']}" for one in found)
