"""The host of a project's Git repository, and the editor's sign-in there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HostKind = Literal["gitlab", "github"]

_ADDRESS = re.compile(r"(?:(https?)://(?:[^@/]+@)?|(?:ssh://)?git@)([\w.-]+(?::\d+)?)[/:]([\w./-]+?)(?:\.git)?/?")
_GITHUB = "github.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHost:
    """A repository on GitLab or GitHub."""

    kind: HostKind
    origin: str
    """Scheme and host, such as https://gitlab.example.com."""
    repository: str
    """Its path there, such as group/project."""
    branch: str = "main"
    app_id: str = ""
    """Id of the application that a GitLab administrator registered for the editor: sign-in by PKCE, RFC 7636."""
    sign_in: str = ""
    """Address of the small server that keeps GitHub's secret of an OAuth application."""

    @property
    def api_origins(self) -> tuple[str, ...]:
        """Origins that the editor sends requests to."""
        return ("https://api.github.com",) if self._is_github_com else (self.origin,)

    @property
    def _is_github_com(self) -> bool:
        return self.origin == f"https://{_GITHUB}"

    @property
    def asks_for_token(self) -> bool:
        """Whether people sign in with an access token: there is neither an application nor a server for the sign-in."""
        return not (self.app_id if self.kind == "gitlab" else self.sign_in)

    def backend(self) -> dict[str, object]:
        """Return the `backend` entry of the editor's configuration."""
        backend: dict[str, object] = {"name": self.kind, "repo": self.repository, "branch": self.branch}
        if self.kind == "gitlab":
            backend |= {"base_url": self.origin, "api_root": f"{self.origin}/api/v4"}
        elif not self._is_github_com:
            backend["api_root"] = f"{self.origin}/api/v3"
        if self.asks_for_token:
            return backend | {"auth_methods": ["token"]}
        if self.kind == "gitlab":
            return backend | {"auth_type": "pkce", "app_id": self.app_id}
        return backend | {"base_url": self.sign_in}


def read_repository_address(address: str) -> tuple[str, str] | None:
    """Return origin and path of a repository, from its address for browsers or for Git; None if it is neither."""
    match = _ADDRESS.fullmatch(address.strip())
    if not match:
        return None
    scheme, host, path = match.groups()
    return (f"{scheme or 'https'}://{host}", path.strip("/")) if "/" in path.strip("/") else None


def likely_kind(origin: str) -> HostKind:
    """Guess the software of a host from its name."""
    return "github" if "github" in origin else "gitlab"
