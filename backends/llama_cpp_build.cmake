# Read by CMake while llama-cpp-python compiles (see the Makefile): leaves out llama.cpp's
# "common" library, which only its own command-line tools and server use. A plain variable
# shadows the cache entry that llama-cpp-python forces on.
set(LLAMA_BUILD_COMMON OFF)
