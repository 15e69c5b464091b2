#!/usr/bin/env bash
# A certification authority of a grid on this machine, in IGTF's layout, with users, proxies and a VOMS server's signature.
#   ca.sh start DIR [NAME]                    makes the authority (CN=NAME, "Test CA" unless given), once, and a host certificate
#   ca.sh user DIR NAME [SUBJECT]             a user's certificate, /DC=test/DC=grid/CN=NAME unless SUBJECT is given
#   ca.sh expired DIR NAME                    a user's certificate that was good yesterday
#   ca.sh proxy DIR NAME FILE [OPTION...]     an RFC 3820 proxy of the user's certificate, or of a proxy
#       --of FILE      of this proxy          --limited      Globus' limited policy
#       --pathlen N    how many may follow    --group GROUP  the DIRAC group that it is for
#       --expired      good yesterday
#   ca.sh voms DIR NAME FILE VO FQAN [OPTION...]   a proxy with attributes by voms-proxy-fake, signed by DIR's VOMS server;
#       options are voms-proxy-fake's, such as -newformat
#   ca.sh lsc DIR VO                          trusts that server for VO in DIR/vomsdir
#   ca.sh revoke DIR NAME                     revokes the user's certificate and publishes a new revocation list
# Files: DIR/certificates (the directory for DIRAC_CA_DIR), DIR/vomsdir (for DIRAC_VOMS_DIR), DIR/users/NAME/{usercert,userkey}.pem,
# DIR/host/{hostcert,hostkey}.pem, DIR/voms/{hostcert,hostkey}.pem. Needs openssl 3; voms-proxy-fake (Debian: voms-clients) for voms.
set -euo pipefail
. "$(dirname "$0")/functions.sh"

readonly base=/DC=test/DC=grid
readonly voms_host=voms.test.grid

die() {
    echo "ca.sh: $*" >&2
    exit 1
}

usage() {
    sed -n '2,17s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
ca=$dir/ca
certificates=$dir/certificates
umask 077

# the environment variable is in every reading of the file, also where there is no name to put in
configuration() {
    cat > "$ca/ca.cnf" << END
[ca]
default_ca = authority
[authority]
dir = $ca
database = $ca/index.txt
new_certs_dir = $ca/new
certificate = $ca/ca.pem
private_key = $ca/ca.key
serial = $ca/serial
crlnumber = $ca/crlnumber
default_md = sha256
default_days = 400
default_crl_days = 30
policy = names
unique_subject = no
preserve = yes
email_in_dn = yes
[names]
countryName = optional
domainComponent = optional
organizationName = optional
commonName = supplied
emailAddress = optional
[extensions_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[extensions_user]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = clientAuth,emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[extensions_host]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:localhost,IP:127.0.0.1
END
}

revocation_list() {
    openssl ca -config "$ca/ca.cnf" -gencrl -out "$ca/crl.pem" 2> /dev/null
    install -m 644 "$ca/crl.pem" "$certificates/.new" # nobody reads half of it
    mv "$certificates/.new" "$certificates/$(cat "$ca/hash").r0"
}

# issue SUBJECT EXTENSIONS CERTIFICATE KEY [OPTION...]
issue() {
    local subject=$1 extensions=$2 certificate=$3 key=$4
    shift 4
    mkdir -p "$(dirname "$certificate")"
    openssl req -new -newkey rsa:2048 -nodes -subj "$subject" -keyout "$key" -out "$certificate.csr" 2> /dev/null
    openssl ca -batch -notext -config "$ca/ca.cnf" -extensions "$extensions" -in "$certificate.csr" -out "$certificate" "$@" \
        2> /dev/null
    rm "$certificate.csr"
}

start() {
    local name=${1:-Test CA} hash
    mkdir -p "$ca/new" "$certificates" "$dir/vomsdir"
    chmod 755 "$certificates" "$dir/vomsdir"
    configuration
    if [ ! -s "$ca/ca.pem" ]; then
        : > "$ca/index.txt"
        echo 1000 > "$ca/serial"
        echo 01 > "$ca/crlnumber"
        { printf '[req]\ndistinguished_name = d\n[d]\n'; cat "$ca/ca.cnf"; } > "$ca/req.cnf"
        openssl req -x509 -new -newkey rsa:2048 -nodes -sha256 -days 3650 -subj "$base/CN=$name" -config "$ca/req.cnf" \
            -extensions extensions_ca -keyout "$ca/ca.key" -out "$ca/ca.pem" 2> /dev/null
        hash=$(openssl x509 -in "$ca/ca.pem" -noout -hash)
        echo "$hash" > "$ca/hash"
        install -m 644 "$ca/ca.pem" "$certificates/$hash.0"
        cat > "$certificates/$hash.signing_policy" << END
access_id_CA   X509    '$base/CN=$name'
pos_rights     globus  CA:sign
cond_subjects  globus  '"$base/*"'
END
        printf 'TO Issuer "%s/CN=%s" \\\n  PERMIT Subject "%s/.*"\n' "$base" "$name" "$base" > "$certificates/$hash.namespaces"
        chmod 644 "$certificates/$hash".*
    fi
    revocation_list
    [ -s "$dir/host/hostcert.pem" ] \
        || issue "$base/CN=localhost" extensions_host "$dir/host/hostcert.pem" "$dir/host/hostkey.pem"
    [ -s "$dir/voms/hostcert.pem" ] \
        || issue "$base/CN=$voms_host" extensions_host "$dir/voms/hostcert.pem" "$dir/voms/hostkey.pem"
}

# proxy NAME FILE [OPTION...]: the issuer is the user's certificate or the file after --of
proxy() {
    local name=$1 file=$2 issuer_certificate issuer_key issuer_chain= policy=id-ppl-inheritAll limit= group= days="-days 1"
    local scratch subject
    shift 2
    scratch=$(mktemp -d)
    issuer_certificate=$dir/users/$name/usercert.pem
    issuer_key=$dir/users/$name/userkey.pem
    while [ $# -gt 0 ]; do
        case $1 in
            --of)
                openssl x509 -in "$2" -out "$scratch/issuer.pem"
                openssl pkey -in "$2" -out "$scratch/issuer.key"
                # what follows its own certificate in a proxy file
                issuer_chain=$(awk '/BEGIN CERTIFICATE/ { n++ } n > 1 && /BEGIN CERTIFICATE/,/END CERTIFICATE/' "$2")
                issuer_certificate=$scratch/issuer.pem
                issuer_key=$scratch/issuer.key
                shift
                ;;
            --limited) policy=1.3.6.1.4.1.3536.1.1.1.9 ;;
            --pathlen)
                limit=",pathlen:$2"
                shift
                ;;
            --group)
                group="1.2.42.42 = ASN1:IA5STRING:$2"
                shift
                ;;
            --expired) days="-days -1" ;;
            *) die "unknown option $1" ;;
        esac
        shift
    done
    cat > "$scratch/proxy.cnf" << END
[proxy]
proxyCertInfo = critical,language:$policy$limit
keyUsage = critical,digitalSignature,keyEncipherment
$group
END
    subject=$(openssl x509 -in "$issuer_certificate" -noout -subject -nameopt compat | sed 's/^subject=//')
    openssl req -new -newkey rsa:2048 -nodes -subj "$subject/CN=$RANDOM$RANDOM" -keyout "$scratch/key" -out "$scratch/csr" \
        2> /dev/null
    if [ "$days" = "-days -1" ]; then
        expired_proxy "$scratch" "$issuer_certificate" "$issuer_key"
    else
        # shellcheck disable=SC2086 # an option and its value
        openssl x509 -req -in "$scratch/csr" -CA "$issuer_certificate" -CAkey "$issuer_key" $days -sha256 \
            -set_serial "0x$(openssl rand -hex 7)" -extfile "$scratch/proxy.cnf" -extensions proxy -out "$scratch/certificate" \
            2> /dev/null
    fi
    { cat "$scratch/certificate" "$scratch/key" "$issuer_certificate"; [ -z "$issuer_chain" ] || echo "$issuer_chain"; } > "$file"
    chmod 600 "$file"
    rm -rf "$scratch"
}

# openssl x509 knows no dates, openssl ca does
expired_proxy() {
    local scratch=$1
    : > "$scratch/index.txt"
    openssl rand -hex 7 > "$scratch/serial"
    cat >> "$scratch/proxy.cnf" << END
[ca]
default_ca = issuer
[issuer]
database = $scratch/index.txt
new_certs_dir = $scratch
serial = $scratch/serial
default_md = sha256
policy = names
preserve = yes
unique_subject = no
[names]
domainComponent = optional
commonName = supplied
END
    openssl ca -batch -notext -config "$scratch/proxy.cnf" -extensions proxy -cert "$2" -keyfile "$3" -in "$scratch/csr" \
        -startdate "$(date -u -d '2 days ago' +%y%m%d%H%M%SZ)" -enddate "$(date -u -d '1 day ago' +%y%m%d%H%M%SZ)" \
        -out "$scratch/certificate" 2> /dev/null
}

voms() {
    local name=$1 file=$2 vo=$3 fqan=$4
    shift 4
    bring voms-proxy-fake voms-clients
    voms-proxy-fake -q -rfc -hours 12 -vomslife 12 -cert "$dir/users/$name/usercert.pem" -key "$dir/users/$name/userkey.pem" \
        -certdir "$certificates" -hostcert "$dir/voms/hostcert.pem" -hostkey "$dir/voms/hostkey.pem" -voms "$vo" \
        -uri "$voms_host:15000" -fqan "$fqan" -out "$file" "$@" > "$file.log" 2>&1 \
        || die "voms-proxy-fake: $(cat "$file.log")"
    rm -f "$file.log"
}

lsc() {
    mkdir -p "$dir/vomsdir/$1"
    printf '%s/CN=%s\n%s\n' "$base" "$voms_host" \
        "$(openssl x509 -in "$ca/ca.pem" -noout -subject -nameopt compat | sed 's/^subject=//')" \
        > "$dir/vomsdir/$1/$voms_host.lsc"
    chmod -R a+rX "$dir/vomsdir"
}

case $action in
    start) start "$@" ;;
    user)
        [ $# -ge 1 ] || usage
        [ -s "$dir/users/$1/usercert.pem" ] \
            || issue "${2:-$base/CN=$1}" extensions_user "$dir/users/$1/usercert.pem" "$dir/users/$1/userkey.pem"
        ;;
    expired)
        [ $# -eq 1 ] || usage
        issue "$base/CN=$1" extensions_user "$dir/users/$1/usercert.pem" "$dir/users/$1/userkey.pem" \
            -startdate "$(date -u -d '2 days ago' +%y%m%d%H%M%SZ)" -enddate "$(date -u -d '1 day ago' +%y%m%d%H%M%SZ)"
        ;;
    proxy)
        [ $# -ge 2 ] || usage
        proxy "$@"
        ;;
    voms)
        [ $# -ge 4 ] || usage
        voms "$@"
        ;;
    lsc)
        [ $# -eq 1 ] || usage
        lsc "$1"
        ;;
    revoke)
        [ $# -eq 1 ] || usage
        openssl ca -config "$ca/ca.cnf" -revoke "$dir/users/$1/usercert.pem" 2> /dev/null
        revocation_list
        ;;
    *) usage ;;
esac
