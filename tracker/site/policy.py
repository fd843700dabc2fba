"""What a page of the site may load and send: one strict policy, for the pages and for hosts.

Nothing inline and nothing from elsewhere. It stands in every page as a meta tag, so that it
holds on any host and from a disk too; a host that sends headers gets the same policy in its
own form (`header_files`), with the one thing that a meta tag can't say. Only the search page
may compile WebAssembly, which is what its index is read with.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tracker.config import Config

_OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?")  # what can end no rule of a policy, and no attribute
_WEEK = "public, max-age=604800"


def policy(config: Config, *, searching: bool = False, offline: bool = False) -> str:
    """The value of `Content-Security-Policy`.

    ``offline`` is for a site that is opened from a disk, where some browsers don't count the
    neighbouring files as the page's own.
    """
    own = "'self' file:" if offline else "'self'"
    forge = f" {_origin(config.forge.url)}" if config.forge and _origin(config.forge.url) else ""
    rules = {
        "default-src": own,
        "script-src": own + (" 'wasm-unsafe-eval'" if searching else ""),
        "style-src": own,
        "img-src": f"{own} data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": own + forge,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def header_files(config: Config) -> dict[str, str]:
    """Ready files for hosts, by name: `_headers` (Netlify, Cloudflare and others) and `.htaccess`."""
    # Both have to allow a thing, header and meta tag: here stands what the search page needs. The
    # editor at admin/ needs more than any policy of ours: where it is on, pages speak for themselves.
    framed = "frame-ancestors 'self'"
    whole = framed if config.admin else f"{policy(config, searching=True)}; {framed}"
    # The editor's page makes functions from texts and has a policy of its own, which a header for
    # all pages would overrule: then the policy stands in the pages alone.
    headers = {**({} if config.admin else {"Content-Security-Policy": whole}), **_OTHERS}
    netlify = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    netlify += ["/assets/*", f"  Cache-Control: {_WEEK}"]
    apache = [
        "<IfModule mod_headers.c>",
        *(f'Header always set {name} "{value}"' for name, value in headers.items()),
        '<FilesMatch "\\.(css|js|svg)$">',
        f'Header set Cache-Control "{_WEEK}"',
        "</FilesMatch>",
        "</IfModule>",
        "AddType application/wasm .wasm",
        "ErrorDocument 404 /404.html",
    ]
    return {"_headers": "\n".join(netlify) + "\n", ".htaccess": "\n".join(apache) + "\n"}


def _origin(url: str) -> str:
    """Scheme and host of an address; empty where a policy can't name it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme}://{parts.netloc}"
