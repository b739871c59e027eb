"""What our maps have that folium does not: settings for our own script, and layers by URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import folium
from branca.element import MacroElement
from folium.template import Template


class Preparation(MacroElement):
    """Everything about a map that folium does not say: see `prepare` in `browser/map.js`."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        moteplass.prepare({{ this._parent.get_name() }}, {{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, settings: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Preparation"
        self.settings = settings


class Drawn(folium.FeatureGroup):
    """
    Layers as data by URL: what goes through the server's socket does not grow with them.

    It stays a `FeatureGroup` by name: streamlit-folium looks for the variable
    `feature_group_…` when it exchanges one for another.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.featureGroup();
        moteplass.draw({{ this.get_name() }}, {{ this.urls|tojson }}
            {%- if this.more %}, {{ this.more|tojson }}{% endif %});
        {% endmacro %}
        """
    )

    def __init__(self, name: str, urls: Sequence[str], more: Mapping[str, object]) -> None:
        super().__init__(name=name)
        self.urls = list(urls)
        self.more = more

    def silent(self) -> Drawn:
        """Return the same layers, of which none opens a card: who points means the spot."""
        return Drawn(self.layer_name, self.urls, {**self.more, "silent": True})
