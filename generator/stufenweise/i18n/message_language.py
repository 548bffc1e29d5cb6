"""Choose the language of messages to a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from stufenweise.i18n.problem_messages import message_languages


def windows_language() -> str:
    """Return the language of a person's Windows, as in de_DE; empty on other systems, which name it in LANG."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    # https://learn.microsoft.com/windows/win32/api/winnls/nf-winnls-getuserdefaultuilanguage
    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def message_language(
    wanted: str | None, environ: Mapping[str, str], system: Callable[[], str] = windows_language
) -> str:
    """Return the language of messages: the one wanted, else the terminal's, else the system's, else English."""
    if wanted:
        return wanted
    named = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    value = next(filter(None, named), "") or system()
    code = value.partition("_")[0].partition(".")[0].lower()
    return code if code in message_languages() else "en"
