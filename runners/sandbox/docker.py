"""Docker as the sandbox: a fresh container for every command, from an image of ours.

A container has no network, a root that cannot be written, no capability, no way to more rights, a
user of its own, bounded processes, memory and processors, and the workspace as the only folder of
this machine that it may write. Programs and packages are the image's own, so what is installed on
this machine does not matter.

This is the one file that knows the engine's SDK; it is imported when it is first needed.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import socket
import sys
import sysconfig
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from runners import images
from runners.base import Language, SandboxMissing
from runners.languages.interpreter import HARNESS
from runners.sandbox import seccomp, warden
from runners.sandbox.base import Command
from runners.sandbox.container import Container, Exited
from runners.sandbox.process_tree import bounded
from runners.toolchains import Missing

if TYPE_CHECKING:
    from docker.types import Mount

INSIDE = "/viscoder/work"
"""Where the workspace is seen."""
_HARNESS = "/viscoder/harness"
_WARDEN = "/viscoder/warden.py"
_WATCHED = ("/usr/bin/python3", "-I", "-S", _WARDEN)
_PREFIX = "/opt/viscoder"
_PACKAGES = f"{_PREFIX}/lib/python{images.PYTHON}/site-packages"
_NOBODY = 65534
_TMP = "rw,exec,nosuid,nodev,size=512m,mode=1777"
_SHM_BYTES = 16 * 1024 * 1024
_MOST_CPUS = 2
_OWNER, _HOST = "viscoder.pid", "viscoder.host"
"""Labels that say whose a container is."""
_ANSWER_SECONDS = 20
_BUSY_SECONDS = 120
"""An engine that is known to live may take so long for an answer: a disk may have much to write."""
_LONGEST_WAIT = 24 * 3600
_BELIEVED_SECONDS = 2.0
"""So long a problem is not looked for again."""
_START = "install and start one (Debian: sudo apt-get install docker.io), or name it in DOCKER_HOST"


@dataclass(frozen=True, slots=True)
class Engine:
    """A Docker engine on this machine.

    Attributes:
        api: the SDK's client; its types do not say what the engine answers.
        user: who programs run as, as ``uid:gid``; who owns the workspace.
        options: what goes into each container's settings because of how the engine is set up.
        cpus: processors that it has.
    """

    api: Any
    user: str
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    cpus: int = 1


def connect() -> Engine:
    """The engine that ``DOCKER_HOST`` names, or Docker's current context, or the usual one.

    Raises:
        SandboxMissing: there is none that can be used; the text says what to do.
    """
    try:
        import docker
    except ImportError:
        raise SandboxMissing("the Docker sandbox needs Docker's SDK: pip install docker") from None
    address = _address()
    if not address.startswith("unix://"):
        raise SandboxMissing(
            f"the Docker engine at {address} is not on this machine, and cannot see the files that "
            "programs read and write: unset DOCKER_HOST, or name an engine of this machine"
        )
    try:
        client = docker.DockerClient(base_url=address, version="auto", timeout=_ANSWER_SECONDS)
        info = client.api.info()
        client.api.timeout = _BUSY_SECONDS
    except failures() as error:
        raise SandboxMissing(_unreachable(address)) from error
    return _engine(client.api, info)


def _address() -> str:
    named = os.environ.get("DOCKER_HOST")
    if named:
        return named
    from docker.context import ContextAPI

    try:
        found = ContextAPI.get_current_context()
        host = str(getattr(found, "Host", "") or "")
    except (*failures(), ValueError, KeyError, AttributeError):
        host = ""
    host = host.replace("http+unix://", "unix://")
    return host or "unix:///var/run/docker.sock"


def _unreachable(address: str) -> str:
    path = Path(address.removeprefix("unix://"))
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return f"the Docker engine at {path} does not let you in: sudo usermod -aG docker $USER, then log in again"
    if path.exists():
        return f"the Docker engine at {path} does not answer: start it (Debian: sudo systemctl start docker)"
    return f"there is no Docker engine at {path}: {_START}"


def _engine(api: Any, info: Mapping[str, Any]) -> Engine:
    """Look at how the engine is set up.

    Raises:
        SandboxMissing: it cannot confine what runs in it.
    """
    if info.get("OSType") != "linux":
        raise SandboxMissing("the Docker engine runs Windows containers: switch it to Linux containers")  # fmt: skip
    unlimited = [
        name
        for name, key in (("memory", "MemoryLimit"), ("processes", "PidsLimit"))
        if not info.get(key)
    ]
    if unlimited:
        raise SandboxMissing(
            f"the Docker engine cannot limit {' and '.join(unlimited)}: give it cgroups "
            "(docs.docker.com/engine/security/rootless, “Limiting resources”)"
        )
    said = {part for one in info.get("SecurityOptions") or () for part in str(one).split(",")}
    options: dict[str, Any] = {}
    if "name=userns" in said:
        options["userns_mode"] = "host"  # else the workspace would belong to nobody in there
    if "name=rootless" in said:
        user = "0:0"  # which is the user outside
    elif os.getuid() == 0:
        user = f"{_NOBODY}:{_NOBODY}"
    else:
        user = f"{os.getuid()}:{os.getgid()}"
    if "name=selinux" in said:
        options["security_opt"] = ["no-new-privileges:true", "label=disable"]
    return Engine(api, user, options, int(info.get("NCPU") or 1))


class Docker:
    """Runs commands in containers."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._failed: tuple[float, str] | None = None

    @property
    def name(self) -> str:
        """How ``--sandbox`` calls it."""
        return "docker"

    def problem(self) -> str | None:
        """Why it cannot be had here; asks the engine, unless it has answered before."""
        if self._failed and time.monotonic() - self._failed[0] < _BELIEVED_SECONDS:
            return self._failed[1]
        try:
            self._connected()
        except SandboxMissing as error:
            self._failed = (time.monotonic(), str(error))
            return str(error)
        return None

    def missing(self, language: Language) -> Missing | None:
        """The language's image, where it is not there."""
        family = language.toolchain.image
        if family not in images.families():
            return Missing((f"a Docker image, and there is none with {language.title}",), "use another sandbox")  # fmt: skip
        from docker.errors import ImageNotFound

        try:
            self._connected().api.inspect_image(images.tag(family))
        except ImageNotFound:
            return Missing((f"the image viscoder/{family}",), f"viscoder setup {language.name} --docker")  # fmt: skip
        except failures() as error:
            raise self._lost() from error
        return None

    async def start(self, command: Command) -> Container:
        """Start `command` in a container of its own."""
        starting = asyncio.ensure_future(self._started(command))
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            container = await starting
            container.kill()
            await container.wait()
            raise

    async def _started(self, command: Command) -> Container:
        orders, connection = await asyncio.to_thread(self._launched, command)
        connection.setblocking(False)
        reader, writer = await asyncio.open_connection(sock=connection)
        return Container(reader, writer, orders, command.workspace, command.limits)

    def _launched(self, command: Command) -> tuple[_Orders, socket.socket]:
        from docker.errors import ImageNotFound

        engine = self._connected()
        name = f"viscoder-{uuid.uuid4().hex[:16]}"
        orders = _Orders(engine, name, command.workspace)
        connection: socket.socket | None = None
        try:
            _create(engine, name, command)
            orders.hand_over()
            connection = _attached(engine.api, name)
            engine.api.start(name)
            return orders, connection
        except ImageNotFound:
            raise SandboxMissing(f"the Docker image {images.tag(command.image)} is missing") from None  # fmt: skip
        except failures() as error:
            if connection is not None:
                connection.close()
            orders.remove()
            self._engine = None
            raise SandboxMissing(f"the Docker engine cannot start a container: {why(error)}") from error  # fmt: skip

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = connect()
            _sweep(self._engine.api)
        return self._engine

    def _lost(self) -> SandboxMissing:
        self._engine = None
        return SandboxMissing("the Docker engine does not answer any more: start it again")


class _Orders:
    """Keeps `runners.sandbox.container.Orders` for one container."""

    def __init__(self, engine: Engine, name: str, workspace: Path) -> None:
        self._engine = engine
        self._name = name
        self._workspace = workspace

    def hand_over(self) -> None:
        """The workspace changes hands, where viscoder may give it away: what is in it, too."""
        if os.getuid() != 0 or self._engine.user == "0:0":
            return
        for path in (self._workspace, *self._workspace.iterdir()):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)

    def kill(self) -> None:
        """End the container."""
        with contextlib.suppress(*failures()):  # it has ended, or the engine has
            self._engine.api.kill(self._name)

    def remove(self) -> None:
        """Remove what there is of a container that did not start."""
        with contextlib.suppress(*failures()):
            self._engine.api.remove_container(self._name, force=True)

    def finish(self) -> Exited:
        """Wait until it has ended, and remove it."""
        api = self._engine.api
        try:
            api.wait(self._name, timeout=_LONGEST_WAIT)
            state = api.inspect_container(self._name)["State"]
            api.remove_container(self._name, force=True)
        except failures() as error:
            raise SandboxMissing("the Docker engine went away while the program ran") from error
        return Exited(int(state["ExitCode"]), bool(state["OOMKilled"]))


def _create(engine: Engine, name: str, command: Command) -> None:
    from docker.types import LogConfig

    limits = command.limits
    api = engine.api
    settings: dict[str, Any] = {
        "network_mode": "none",
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "ipc_mode": "private",
        "pids_limit": limits.processes,
        "mem_limit": limits.memory_bytes,
        "memswap_limit": limits.memory_bytes,
        "nano_cpus": min(_MOST_CPUS, engine.cpus) * 10**9,
        "shm_size": _SHM_BYTES,
        "tmpfs": {"/tmp": _TMP},
        "mounts": _mounts(command),
        "log_config": LogConfig(type="none"),  # the engine would write down all that is printed
        **engine.options,
    }
    api.create_container(
        images.tag(command.image),
        [*_WATCHED, _filter(), str(limits.workspace_bytes), *bounded(translated(command.argv), limits, processes=False)],
        name=name,
        hostname="sandbox",
        user=engine.user,
        stdin_open=True,
        environment=dict(command.environment),
        working_dir=INSIDE,
        network_disabled=True,
        labels={_OWNER: str(os.getpid()), _HOST: socket.gethostname()},
        use_config_proxy=False,
        host_config=api.create_host_config(**settings),
    )  # fmt: skip


def _filter() -> str:
    return base64.b64encode(seccomp.program_here() or b"").decode()


def _mounts(command: Command) -> list[Mount]:
    from docker.types import Mount

    return [
        Mount(INSIDE, str(command.workspace), type="bind"),
        Mount(_HARNESS, str(HARNESS), type="bind", read_only=True),
        Mount(_WARDEN, str(Path(warden.__file__).resolve()), type="bind", read_only=True),
    ]


def translated(argv: Sequence[str]) -> list[str]:
    """`argv` with the places of this machine as they are in an image."""
    places = (
        (sys.executable, f"{_PREFIX}/bin/python3"),
        (str(HARNESS), _HARNESS),
        (sysconfig.get_path("purelib"), _PACKAGES),
    )
    return [_translated(word, places) for word in argv]


def _translated(word: str, places: Sequence[tuple[str, str]]) -> str:
    for here, there in places:
        if word == here or word.startswith(f"{here}/"):
            return there + word.removeprefix(here)
    return word


def _attached(api: Any, name: str) -> socket.socket:
    """A connection of our own to the container's three streams."""
    params = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
    wrapped = api.attach_socket(name, params)
    own = socket.socket(fileno=os.dup(wrapped.fileno()))
    wrapped.close()
    return own


def _sweep(api: Any) -> None:
    """Remove the containers that a killed viscoder left behind."""
    try:
        found = api.containers(all=True, filters={"label": f"{_HOST}={socket.gethostname()}"})  # fmt: skip
        for one in found:
            if not _lives(str(one["Labels"].get(_OWNER, ""))):
                api.remove_container(one["Id"], force=True)
    except failures():
        return  # another viscoder sweeps too


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return True


def failures() -> tuple[type[Exception], ...]:
    """What the SDK raises when the engine says no, or does not answer."""
    from docker.errors import DockerException

    return (DockerException, OSError)


def why(error: Exception) -> str:
    """What the engine says of its no, in one line."""
    said = str(getattr(error, "explanation", None) or error)
    return said.strip().splitlines()[0][:300] if said.strip() else type(error).__name__
