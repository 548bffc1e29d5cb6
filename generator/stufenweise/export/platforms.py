"""Learning platforms, and the standards that each is known to support."""

from __future__ import annotations

from dataclasses import dataclass

from stufenweise.export.courses import Edition, Standard


@dataclass(frozen=True, slots=True)
class Platform:
    """Standards that a learning platform supports."""

    standards: tuple[Standard, ...]
    """Standards, the best first."""
    edition: Edition = "2004 4th Edition"


PLATFORMS = {
    # Certified for SCORM 2004 in January 2008, when the 3rd edition was the newest:
    # https://checkpoint-elearning.de/corporate-elearning/interviews/scorm-2004-zertifizierung-f%C3%BCr-ilias
    "ilias": Platform(("2004", "1.2"), "2004 3rd Edition"),
    # "SCORM 2004 is not supported in Moodle": https://docs.moodle.org/403/en/SCORM_FAQ
    "moodle": Platform(("1.2",)),
    # https://help.bps-system.de/wiki/bin/view/LMS/Benutzerhandbuch%20OPAL/Lehren/Kursbausteine/SCORM/
    "opal": Platform(("1.2",)),
}
"""Platforms by the name that `--preset` takes."""
ANY_PLATFORM = Platform(("1.2", "2004"))
"""Default if no platform is named."""
