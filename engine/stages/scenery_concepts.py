"""Concepts that are scenery rather than things."""

from __future__ import annotations

#: Concepts that the setting already shows; they are drawn only when a sentence has nothing else.
SCENERY = frozenset(
    [
        "milky_way",
        "sunset",
        "sunrise",
        "sunrise_over_mountains",
        "cityscape",
        "cityscape_at_dusk",
        "national_park",
        "evergreen_tree",
        "water_wave",
        "cloud",
        "sun",
        "desert",
        "foggy",
        "fog",
        "cloud_with_rain",
        "cloud_with_snow",
        "beach_with_umbrella",
        "houses",
        "wind_face",
        "night_with_stars",
        "droplet",
        "motorway",
        "stadium",
        "school",
        "hospital",
        "factory",
        "mountain",
        "classical_building",
        "office_building",
    ]
)

#: What hangs in the sky of every plate; a subject only where a scene plays in space.
SKY = frozenset(["full_moon", "crescent_moon", "sun", "star", "rainbow"])
