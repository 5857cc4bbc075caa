"""The kernel's calls that no renderer needs, each with its numbers and the reason.

Numbers are those of ``asm/unistd_64.h`` (x86_64) and ``asm-generic/unistd.h`` (aarch64). Most would
fail inside for want of a capability or of a second namespace; a call that is refused at the door
cannot be tricked either.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Calls that are answered with an error before the kernel looks at them.

    Attributes:
        reason: why nobody needs them.
        calls: name, number on x86_64 and number on aarch64; None where it does not exist.
        error: what the caller is told.
    """

    reason: str
    calls: tuple[tuple[str, int | None, int | None], ...]
    error: int = errno.EPERM


REFUSED = (
    Refused(
        "another process's memory, registers and files are nobody's business",
        (
            ("ptrace", 101, 117),
            ("process_vm_readv", 310, 270),
            ("process_vm_writev", 311, 271),
            ("process_madvise", 440, 440),
            ("pidfd_getfd", 438, 438),
            ("kcmp", 312, 272),
        ),
    ),
    Refused(
        "the tree of files stays as it was given",
        (
            ("mount", 165, 40),
            ("umount2", 166, 39),
            ("pivot_root", 155, 41),
            ("chroot", 161, 51),
            ("open_tree", 428, 428),
            ("move_mount", 429, 429),
            ("fsopen", 430, 430),
            ("fsconfig", 431, 431),
            ("fsmount", 432, 432),
            ("fspick", 433, 433),
            ("mount_setattr", 442, 442),
            ("name_to_handle_at", 303, 264),
            ("open_by_handle_at", 304, 265),
            ("swapon", 167, 224),
            ("swapoff", 168, 225),
            ("quotactl", 179, 60),
            ("quotactl_fd", 443, 443),
            ("fanotify_init", 300, 262),
            ("fanotify_mark", 301, 263),
        ),
    ),
    Refused(
        "a new namespace brings capabilities in it, and much of the kernel behind them",
        (("unshare", 272, 97), ("setns", 308, 268)),
    ),
    Refused(
        "clone3 hides its flags in memory, where a filter cannot see them; without it, libc calls clone",
        (("clone3", 435, 435),),
        errno.ENOSYS,
    ),
    Refused(
        "the kernel itself: modules, programs in it, its counters, log and clock, and the machine's power",
        (
            ("init_module", 175, 105),
            ("finit_module", 313, 273),
            ("delete_module", 176, 106),
            ("kexec_load", 246, 104),
            ("kexec_file_load", 320, 294),
            ("reboot", 169, 142),
            ("bpf", 321, 280),
            ("perf_event_open", 298, 241),
            ("syslog", 103, 116),
            ("acct", 163, 89),
            ("iopl", 172, None),
            ("ioperm", 173, None),
            ("settimeofday", 164, 170),
            ("clock_settime", 227, 112),
            ("adjtimex", 159, 171),
            ("clock_adjtime", 305, 266),
            ("sethostname", 170, 161),
            ("setdomainname", 171, 162),
            ("vhangup", 153, 58),
        ),
    ),
    Refused(
        "what many ways out of sandboxes were built with, and what programs do without",
        (
            ("userfaultfd", 323, 282),
            ("personality", 135, 92),
            ("modify_ldt", 154, None),
            ("remap_file_pages", 216, 234),
            ("vmsplice", 278, 75),
            ("move_pages", 279, 239),
            ("migrate_pages", 256, 238),
            ("mbind", 237, 235),
            ("set_mempolicy", 238, 237),
            ("set_mempolicy_home_node", 450, 450),
        ),
    ),
    Refused(
        "it works on files behind a filter's back; programs fall back to plain calls",
        (
            ("io_uring_setup", 425, 425),
            ("io_uring_enter", 426, 426),
            ("io_uring_register", 427, 427),
        ),
        errno.ENOSYS,
    ),
    Refused(
        "the kernel's keys belong to the user, not to a namespace",
        (("keyctl", 250, 219), ("add_key", 248, 217), ("request_key", 249, 218)),
    ),
    Refused(
        "memory that stands in no process's account, and so beyond the limit",
        (
            ("memfd_create", 319, 279),
            ("memfd_secret", 447, 447),
            ("shmget", 29, 194),
            ("shmat", 30, 196),
            ("shmctl", 31, 195),
            ("msgget", 68, 186),
            ("msgsnd", 69, 189),
            ("semget", 64, 190),
            ("mq_open", 240, 180),
        ),
        errno.ENOSYS,
    ),
    Refused(
        "remains of old kernels",
        (
            ("uselib", 134, None),
            ("ustat", 136, None),
            ("sysfs", 139, None),
            ("_sysctl", 156, None),
            ("create_module", 174, None),
            ("get_kernel_syms", 177, None),
            ("query_module", 178, None),
            ("nfsservctl", 180, 42),
            ("lookup_dcookie", 212, 18),
        ),
        errno.ENOSYS,
    ),
)  # fmt: skip
