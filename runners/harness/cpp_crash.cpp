// Compiled into the program: where it crashed is written to the file .crash, as addresses.
#include <csignal>
#include <execinfo.h>
#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace {

char stack[65536];  // of its own, for the program's may be used up

void note(int signal_number) {
    void* frames[64];
    const int count = backtrace(frames, 64);
    const int file = open(".crash", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    backtrace_symbols_fd(frames, count, file);
    close(file);
    raise(signal_number);  // as it would have ended: SA_RESETHAND
}

__attribute__((constructor)) void listen() {
    void* frame[1];
    backtrace(frame, 1);  // loads what it needs while there is still memory
    stack_t other{};
    other.ss_sp = stack;
    other.ss_size = sizeof stack;
    sigaltstack(&other, nullptr);
    struct sigaction action{};
    action.sa_handler = note;
    action.sa_flags = SA_ONSTACK | SA_RESETHAND;
    for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigaction(number, &action, nullptr);
}

}  // namespace
