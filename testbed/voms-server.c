/*
 * What the VOMS server of Debian 12 lacks; voms.sh puts it before the server's libraries (LD_PRELOAD).
 *
 * Its gSOAP reads a request for /generate-ac and calls no handler, so the server closes the connection without an answer; its
 * authors call the handler themselves since release 2.1.1 (pull request 125 of italiangrid/voms).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdsoap2.h>

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
