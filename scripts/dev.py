"""Sets the project up and runs its tasks, with nothing but the standard library.

Kept parseable by Python 3.6, so that an old Python is refused by a sentence and not by a traceback.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if sys.version_info < (3, 11):
    sys.stderr.write(
        "dev: Python 3.11 or later is needed, and {} is {}.{}: "
        "run `make PYTHON=python3.11` with the target, or `python3.11 scripts/dev.py`\n".format(
            sys.executable, *sys.version_info[:2]
        )
    )
    sys.exit(2)

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
SITE_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"  # holds all of SITE_LOCK, at the same versions
NODE_LOCK = ROOT / "package-lock.json"
NODE_STAMP = ROOT / "node_modules" / "installed.txt"
OLDEST_NODE = (20, 19)  # eslint's

LINTERS = (("ruff", "format", "--check"), ("ruff", "check"), ("mypy",))
DOWNLOAD_SECONDS = 300
OUT_OF_TIME = 124  # as of coreutils' `timeout`
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class TaskError(Exception):
    """A task that cannot go on: one sentence, and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


def say(text: str, end: str = "\n") -> None:
    sys.stderr.write("dev: " + text + end)
    sys.stderr.flush()


def environment() -> "dict[str, str]":
    # A PYTHONPATH or PYTHONHOME meant for another Python would reach into .venv.
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(command: "list[str]", log: "int | None" = None, seconds: "float | None" = None) -> int:
    """The exit code of a command that prints to us, or to `log`; 124 when its seconds are over."""
    # What has but a time is ended with all that it started, so it leads a group of its own.
    limited = seconds is not None
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=log, stderr=log, start_new_session=limited
    )
    try:
        code = child.wait(seconds)
    except subprocess.TimeoutExpired:
        end_group(child)
        return OUT_OF_TIME
    except KeyboardInterrupt:
        if limited:
            end_group(child)
            raise
        # A terminal sends Ctrl-C to the child as well: give it the time to end in order.
        try:
            child.wait(timeout=5)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.terminate()
        raise
    return code if code >= 0 else 128 - code


def end_group(child: "subprocess.Popen[bytes]") -> None:
    if os.name == "nt":
        child.kill()
    else:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def quietly(what: str, *command: str, seconds: "float | None" = None) -> "tuple[int, str]":
    """The exit code and the output of a command that is told of in one line."""
    say(what + " ... ", end="")
    began = time.monotonic()
    with tempfile.TemporaryFile() as log:
        code = run(list(command), log.fileno(), seconds)
        sys.stderr.write(f"{time.monotonic() - began:.1f} s\n")
        log.seek(0)
        return code, log.read().decode("utf-8", "replace")


def quiet_step(what: str, *command: str) -> None:
    """Runs a command whose output matters only when it fails."""
    code, output = quietly(what, *command)
    if code:
        sys.stderr.write(output)
        raise TaskError(f"could not {what}: the reason is above (exit code {code})", code)


def step(what: str, *command: str) -> None:
    """Runs a Python module of .venv that speaks for itself."""
    began = time.monotonic()
    code = run([str(PYTHON), "-m", *command])
    say(f"{what} ... {time.monotonic() - began:.1f} s")
    if code:
        raise TaskError(f"`{' '.join(command)}` ended with exit code {code}", code)


def digest(lock: Path) -> str:
    """Names an installation of `lock` by this Python, in this place, with this packaging."""
    import tomllib  # unknown to the Pythons refused above

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    facts = [
        str(ROOT),
        sys.version_info[:2],
        lock.read_text(encoding="utf-8"),
        project["build-system"],
        project["project"],
        project["tool"]["setuptools"],
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def installed() -> "list[str]":
    """The digests of the locks that .venv holds; none when a set-up did not end."""
    if not (PYTHON.exists() and STAMP.is_file()):
        return []
    return STAMP.read_text(encoding="utf-8").split()


def install(lock: Path) -> None:
    """Makes .venv hold `lock` and fir itself, unless it does already."""
    found = installed()
    if digest(lock) in found:
        return
    STAMP.unlink(missing_ok=True)  # written again last, so an interrupted set-up begins anew
    pip = [str(PYTHON), "-m", "pip", "--quiet", "install"]
    fresh = found != [digest(SITE_LOCK)]
    if fresh:
        make_venv()
    quiet_step(f"install {lock.name}, once", *pip, "--require-hashes", "--requirement", str(lock))
    if fresh:
        quiet_step("install fir", *pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    part = STAMP.with_suffix(".part")
    part.write_text("\n".join(sorted({digest(SITE_LOCK), digest(lock)})), encoding="utf-8")
    part.replace(STAMP)


def make_venv() -> None:
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        raise TaskError(
            "this Python lacks the module that makes virtual environments: "
            "on Debian or Ubuntu run `sudo apt install python3-venv`, then this again"
        )
    quiet_step(f"make {VENV.name}", sys.executable, "-m", "venv", "--clear", str(VENV))


def find_browser() -> "str | None":
    """The Chromium or Chrome of this machine: what FIR_CHROMIUM names, else an installed one."""
    named = os.environ.get("FIR_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise TaskError(f"FIR_CHROMIUM names `{named}`, which is not a file")
        return named
    on_path = (shutil.which(name) for name in BROWSERS)
    elsewhere = (str(path) for path in browser_places() if path.is_file())
    return next((path for path in (*on_path, *elsewhere) if path), None)


def browser_places() -> "list[Path]":
    if sys.platform == "darwin":
        applications = (Path("/Applications"), Path.home() / "Applications")
        return [
            folder / f"{name}.app" / "Contents" / "MacOS" / name
            for folder in applications
            for name in ("Google Chrome", "Chromium")
        ]
    folders = (
        os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    )
    return [
        Path(folder, maker, "Application", "chrome.exe")
        for folder in folders
        if folder
        for maker in ("Google/Chrome", "Chromium")
    ]


def download_browser() -> "str | None":
    """Why Playwright has no browser of its own; none when it has, now or from an earlier run."""
    # A host that does not answer is given up in seconds, one that trickles in minutes.
    os.environ.setdefault("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "5000")
    code, output = quietly(
        "find no browser, ask Playwright for one",
        *(str(PYTHON), "-m", "playwright", "install", "chromium"),
        seconds=DOWNLOAD_SECONDS,
    )
    if code == 0:
        return None
    if code == OUT_OF_TIME:
        return f"none came within {DOWNLOAD_SECONDS} s"
    reasons = [line.strip() for line in output.splitlines() if "rror" in line]
    return reasons[0] if reasons else f"exit code {code}"


def setup(arguments: "list[str]") -> None:
    """make .venv with all that the other targets need"""
    install(TEST_LOCK)


def fir(arguments: "list[str]") -> None:
    """make .venv with fir and what the site needs, without the tests' tools"""
    install(SITE_LOCK)


def site(arguments: "list[str]") -> None:
    """build the site into site/"""
    install(SITE_LOCK)
    step("build the site", "mkdocs", "build", "--strict", *arguments)


def serve(arguments: "list[str]") -> None:
    """show the site at a local address and rebuild it at each change"""
    install(SITE_LOCK)
    step("serve the site", "mkdocs", "serve", *arguments)


def test(arguments: "list[str]") -> None:
    """run the tests; arguments go to pytest"""
    install(TEST_LOCK)
    reason = None if find_browser() else download_browser()
    if reason:
        if os.environ.get("FIR_REQUIRE_BROWSER") == "1":
            raise TaskError(
                "no Chromium or Chrome here, and FIR_REQUIRE_BROWSER=1 demands one; "
                f"Playwright brings none ({reason})"
            )
        say(
            "browser tests are skipped: no Chromium or Chrome here, "
            f"and Playwright brings none ({reason})"
        )
    os.environ["PYTHONWARNDEFAULTENCODING"] = "1"
    # Both workers and all that they start would compile everything anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    step("test", "pytest", "-n", "2", "--dist", "worksteal", *arguments)


def bench(arguments: "list[str]") -> None:
    """measure the speed of everything beside its rivals"""
    install(TEST_LOCK)
    step("measure", "bench", *arguments)


def check(arguments: "list[str]") -> None:
    """judge the records; arguments go to `fir check`"""
    install(SITE_LOCK)
    step("check the records", "fir", "check", *arguments)


def fmt(arguments: "list[str]") -> None:
    """write the records in canonical form; arguments go to `fir fmt`"""
    install(SITE_LOCK)
    step("write the records in canonical form", "fir", "fmt", *arguments)


def lint(arguments: "list[str]") -> None:
    """judge the form and the types of the code"""
    install(TEST_LOCK)
    for command in LINTERS:
        step(" ".join(command), *command)
    lint_browser_code()


def lint_browser_code() -> None:
    """Judges docs/assets with tools of npm, which nothing but this needs."""
    npm = shutil.which("npm")
    if npm is None or node_version() < OLDEST_NODE:
        oldest = ".".join(map(str, OLDEST_NODE))
        say(f"no npm with Node {oldest} or later here: the code in docs/assets is not judged")
        return
    if not npm_tools_installed():
        quiet_step(f"install {NODE_LOCK.name}, once", npm, "ci", "--ignore-scripts")
        NODE_STAMP.write_text(node_digest(), encoding="utf-8")
    for tool in ("tsc", "eslint"):
        began = time.monotonic()
        code = run([npm, "run", "--silent", tool])
        say(f"{tool} ... {time.monotonic() - began:.1f} s")
        if code:
            raise TaskError(f"`npm run {tool}` ended with exit code {code}", code)


def npm_tools_installed() -> bool:
    return NODE_STAMP.is_file() and NODE_STAMP.read_text(encoding="utf-8") == node_digest()


def node_digest() -> str:
    return hashlib.sha256(NODE_LOCK.read_bytes()).hexdigest()


def node_version() -> "tuple[int, ...]":
    node = shutil.which("node")
    if node is None:
        return ()
    told = subprocess.run([node, "--version"], capture_output=True, text=True, encoding="utf-8")
    return tuple(map(int, re.findall("[0-9]+", told.stdout)))


def lock(arguments: "list[str]") -> None:
    """resolve pyproject.toml into the locks anew (needs uv); arguments go to uv"""
    import tomllib

    uv = shutil.which("uv")
    if uv is None:
        raise TaskError("locks are made by uv, which is not on the PATH: run `pip install uv`")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["build-system"]["requires"] + project["project"]["dependencies"]
    resolve(uv, wanted, SITE_LOCK, arguments)
    wanted += project["dependency-groups"]["test"]
    resolve(uv, wanted, TEST_LOCK, [*arguments, "--constraint", SITE_LOCK.name])


def resolve(uv: str, wanted: "list[str]", lock: Path, arguments: "list[str]") -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "requirements.in")
        source.write_text("\n".join(wanted), encoding="utf-8")
        options = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-config")
        style = ("--no-emit-index-url", "--no-header", "--no-annotate", "--output-file", lock.name)
        quiet_step(
            f"resolve {lock.name}",
            *(uv, "pip", "compile", str(source), *options, *style, *arguments),
        )


def owners(arguments: "list[str]") -> None:
    """write .github/CODEOWNERS from the teams in schema/policy.yaml"""
    install(SITE_LOCK)
    step("write .github/CODEOWNERS", "fir.workflows.owners")


def address(arguments: "list[str]") -> None:
    """write the site's address, such as https://fir.example/, into every file that names it"""
    if len(arguments) != 1 or not re.fullmatch(r"https?://[^\s/]+(/[^\s/]+)*/", arguments[0]):
        raise TaskError(
            "give one address with a slash at its end: "
            "`python3 scripts/dev.py address https://fir.example/`"
        )
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before = re.search("^site_url: (.*)$", config, re.MULTILINE)
    if before is None:
        raise TaskError("mkdocs.yml has no line `site_url:`")
    naming = ("mkdocs.yml", "schema/*.schema.json", "docs/**/*.md", ".github/**/*.yml")
    for path in sorted(path for pattern in naming for path in ROOT.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        if before[1] in text:
            written = text.replace(before[1], arguments[0])
            path.write_bytes(written.encode("utf-8"))
            say(path.relative_to(ROOT).as_posix())


_TARGETS = (setup, fir, site, serve, test, bench, check, fmt, lint, lock, owners, address)
TASKS = {task.__name__: task for task in _TARGETS}


def main(arguments: "list[str]") -> int:
    if not arguments or arguments[0] not in TASKS:
        width = max(map(len, TASKS))
        usage = [f"  {name:{width}}  {task.__doc__}" for name, task in TASKS.items()]
        asked = arguments in (["-h"], ["--help"])
        stream = sys.stdout if asked else sys.stderr
        print("usage: dev.py TARGET [ARGUMENT...]", *usage, sep="\n", file=stream)
        return 0 if asked else 2
    try:
        if arguments[1:] and TASKS[arguments[0]] in (setup, fir, lint):
            raise TaskError(f"`{arguments[0]}` takes no arguments")
        TASKS[arguments[0]](arguments[1:])
    except TaskError as error:
        say(str(error))
        return error.code
    except KeyboardInterrupt:
        sys.stderr.write("\ndev: interrupted\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
