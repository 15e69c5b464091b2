/*
 * Binds servers that know no such option to this machine's own address; put before their libraries (LD_PRELOAD).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

int bind(int socket, const struct sockaddr *address, socklen_t length) {
    int (*original)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    if (address->sa_family != AF_INET) {
        return original(socket, address, length);
    }
    struct sockaddr_in own = *(const struct sockaddr_in *)address;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return original(socket, (const struct sockaddr *)&own, sizeof own);
}
