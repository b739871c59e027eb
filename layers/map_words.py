"""What a map says by itself, without its layers."""

from __future__ import annotations

from words.speaker import Speaker


def said_by_maps(say: Speaker) -> dict[str, str]:
    """
    Return what a map says, by the names that the scripts in `browser` know.

    Examples
    --------
    >>> from words.speaker import speaker
    >>> said_by_maps(speaker("en"))["home"]
    'Show the whole area'
    """
    return {
        "cluster": say("Places here: {n}", n="{n}"),
        "failed": say("A layer of the map could not be fetched. Load the page again."),
        "tiles_failed": say(
            "The base map could not be fetched. Choose “{offline}” beside the map.",
            offline=say("Offline, drawn here"),
        ),
        "zoom_in": say("Zoom in"),
        "zoom_out": say("Zoom out"),
        "home": say("Show the whole area"),
        "larger": say("Show the map on the whole screen"),
        "smaller": say("Leave the whole screen"),
        "divide": say("Move the line that divides the map"),
    }
