/*
 * What the VOMS server of Debian 12 lacks; voms.sh puts it before the server's libraries (LD_PRELOAD).
 *
 * Its gSOAP reads a request for /generate-ac and calls no handler, so the server closes the connection without an answer; its
 * authors call the handler themselves since release 2.1.1 (pull request 125 of italiangrid/voms). And it listens on every address,
 * where tests want only the machine's own.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdsoap2.h>
#include <sys/socket.h>

#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name

static int (*parse)(struct soap *);

static int parse_and_handle(struct soap *soap) {
    int result = parse(soap);
    if (result != SOAP_OK || soap->status != SOAP_GET) {
        return result;
    }
    soap->fget(soap);
    return SOAP_STOP; /* handled: a server that calls the handler itself does not do so again */
}

struct soap *soap_versioning(soap_new)(soap_mode in, soap_mode out) {
    struct soap *(*original)(soap_mode, soap_mode) = dlsym(RTLD_NEXT, TEXT(soap_versioning(soap_new)));
    struct soap *soap = original(in, out);
    parse = soap->fparse;
    soap->fparse = parse_and_handle;
    return soap;
}

int bind(int socket, const struct sockaddr *address, socklen_t length) {
    int (*original)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    if (address->sa_family != AF_INET) {
        return original(socket, address, length);
    }
    struct sockaddr_in own = *(const struct sockaddr_in *)address;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return original(socket, (const struct sockaddr *)&own, sizeof own);
}
