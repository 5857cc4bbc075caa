"""C++ that reads while it is compiled or run, and bombs for the compiler."""

from __future__ import annotations

import pytest

from runners.base import Limits, Verdict
from tests.runners.attacks.attack import QUICK, Attack, Outcome

FAILED, DRAWN, EMPTY, LATE, FULL = (
    Verdict.FAILED,
    Verdict.RENDERED,
    Verdict.NO_PICTURE,
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
)
Verdicts = Verdict | tuple[Verdict, ...]


def cpp(name: str, source: str, verdict: Verdicts = FAILED, rings: str = "", limits: Limits = QUICK, says: str = "") -> Attack:  # fmt: skip
    """A program in C++; in it, `BODY` is the inside of main."""
    return Attack(name, source, verdict, "cpp", says, limits, rings=rings)


def main(body: str, *headers: str) -> str:
    includes = "".join(f"#include <{one}>\n" for one in ("fstream", "iostream", *headers))
    return f"{includes}int main() {{\n    {body}\n    return 0;\n}}\n"


TEMPLATE = "template<int N> struct F { static const int v = F<N-1>::v + F<N-2>::v; };\nint main() { return F<100000>::v; }\n"
TREE = "template<int N, int M> struct F { static const long v = F<N-1, 2*M>::v + F<N-1, 2*M+1>::v; };\ntemplate<int M> struct F<0, M> { static const long v = M; };\nint main() { return F<28, 1>::v; }\n"
MACROS = "#define A0 x,x,x,x,x,x,x,x,x,x\n" + "".join(f"#define A{n} " + ",".join([f"A{n - 1}"] * 10) + "\n" for n in range(1, 10)) + "int x = (A9);\nint main() {}\n"  # fmt: skip
CONSTANT = "constexpr long f() { long s = 0; for (long i = 0; i < 1000000000000; ++i) s += i; return s; }\nstatic_assert(f() > 0);\nint main() {}\n"
SOON = Limits(wall_seconds=30, memory_bytes=700 << 20)

ATTACKS = (
    cpp("the users names as a header", '#include "/etc/passwd"\nint main() {}\n'),
    cpp("a key as a header", '#include "«secret»"\nint main() {}\n'),
    cpp("a device as a header", '#include "/dev/zero"\nint main() {}\n', (FAILED, FULL, LATE), limits=SOON),
    cpp("a key in the assembler", 'asm(".incbin \\"«secret»\\"");\nint main() {}\n'),
    cpp("the shell", main('return system("cat /etc/passwd /etc/shadow «secret»") ? 2 : 0;', "cstdlib")),
    cpp("a key in the home", main('std::ifstream f("«secret»"); std::cout << f.rdbuf(); if (!f) return 3;'), rings="secret"),
    cpp("write beside the secret", main('std::ofstream f("«outside»/x"); f << "x"; f.close(); if (!f) return 3;'), rings="written"),
    cpp("write into the system", main('std::ofstream f("/usr/lib/«escaped»"); f << "x"; f.close(); if (!f) return 3;')),
    cpp("a server of the user", main('sockaddr_in a{}; a.sin_family = AF_INET; a.sin_port = htons(«tcp»); a.sin_addr.s_addr = htonl(0x7f000001); return connect(socket(AF_INET, SOCK_STREAM, 0), (sockaddr*)&a, sizeof a) ? 4 : 0;', "sys/socket.h", "netinet/in.h"), rings="tcp"),
    cpp("calls of another processor", main('long r; asm volatile("int $0x80" : "=a"(r) : "a"(20L)); return r > 0 ? 0 : 5;'), (FAILED, EMPTY)),
    cpp("a program with the rights of its owner", main('if (setuid(0) == 0 && geteuid() == 0) return 0; return 6;', "unistd.h")),
    cpp("debug its neighbour", main('return ptrace(PTRACE_ATTACH, getppid(), 0, 0) ? 7 : 0;', "sys/ptrace.h", "unistd.h")),
    cpp("forks", main("for (int i = 0; i < 11; ++i) fork(); sleep(20);", "unistd.h"), says="processes"),
    cpp("memory without end", main("for (;;) { volatile char* p = new char[1 << 24]; for (int i = 0; i < 1 << 24; i += 4096) p[i] = 1; }"), (FULL, FAILED), limits=SOON),
    cpp("a loop without end", main("for (volatile int i = 0;; ) i = i + 1;"), LATE, limits=Limits(wall_seconds=8)),
    cpp("output without end", main("for (;;) std::cout << \"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\\n\";"), LATE, limits=Limits(wall_seconds=8)),
    cpp("templates without ground", TEMPLATE),
    cpp("a tree of templates", TREE, (FAILED, FULL, LATE), limits=SOON),
    cpp("macros that unfold", MACROS, (FAILED, FULL, LATE), limits=SOON),
    cpp("a constant without end", CONSTANT),
    cpp("a program of a terabyte", "char a[1L << 40] = {1};\nint main() { return a[5]; }\n", (FAILED, FULL, LATE), limits=SOON),
    cpp("a header that is itself", '#include "program.cpp"\nint main() {}\n'),
    cpp("a picture of 60000 by 60000", main('std::ofstream("a.ppm") << "P6\\n60000 60000\\n255\\n";'), says=""),
    cpp("a picture that is a link", main('symlink("«session»/01.png", "a.png"); symlink("«session»/01.png", "out/01.png");', "unistd.h"), EMPTY),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_nothing_gets_out(outcomes: dict[str, Outcome], attack: Attack) -> None:
    outcomes[attack.name].assert_held()
