#!/usr/bin/env bash
# Makes the vectors of this folder with OpenSSL 3. Run once; the tests read what it wrote.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

topic=com.apple.mgmt.External.7b1c6f3e-52a1-4d0e-8f7a-9c2d4e6f8a10
ec=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
client=keyUsage=critical,digitalSignature\\nextendedKeyUsage=clientAuth

keep_key() { openssl pkcs8 -topk8 -nocrypt -in "$work/$1.key" -outform DER -out "$1.key.der"; }
keep() { openssl x509 -in "$work/$1.pem" -outform DER -out "$1.der"; }

# An authority in the place of Apple's.
openssl req -x509 "${ec[@]}" -keyout "$work/root.key" -out "$work/root.pem" -subj "/CN=Root" -days 36500 -sha256 \
  -addext keyUsage=critical,keyCertSign 2>/dev/null
keep root

issue() { # name, extensions: a certificate of the authority for the request of this name
  openssl x509 -req -in "$work/$1.csr" -CA "$work/root.pem" -CAkey "$work/root.key" -CAcreateserial -days 36500 -sha256 \
    -extfile <(printf '%b\n' "$2") -out "$work/$1.pem" 2>/dev/null
  keep "$1"
}

# The server of a pretended service.
openssl req -new "${ec[@]}" -keyout "$work/server.key" -out "$work/server.csr" -subj "/CN=Push" 2>/dev/null
issue server 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth'
keep_key server

# A push certificate, and others for the same key that are none.
openssl genrsa -out "$work/certificate.key" 2048 2>/dev/null
keep_key certificate
for_key() { # name, subject, extensions
  openssl req -new -key "$work/certificate.key" -out "$work/$1.csr" -subj "$2"
  issue "$1" "$3"
}
for_key certificate "/UID=$topic/CN=APSP:7b1c6f3e/C=US" "$client"
cp "$work/certificate.pem" certificate.pem
for_key app "/UID=com.example.app/CN=Apple Push Services: com.example.app/C=US" "$client"
for_key no-topic "/CN=APSP:7b1c6f3e/C=US" "$client"
for_key no-client "/UID=$topic/CN=APSP:7b1c6f3e/C=US" 'extendedKeyUsage=serverAuth'
for_key authority "/UID=$topic/CN=APSP:7b1c6f3e/C=US" "$client\\nbasicConstraints=critical,CA:true"

# Issued by nobody that the service knows.
openssl req -x509 "${ec[@]}" -keyout "$work/stranger.key" -out "$work/stranger.pem" -days 36500 -sha256 \
  -subj "/UID=$topic/CN=Stranger" -addext basicConstraints=CA:false -addext extendedKeyUsage=clientAuth 2>/dev/null
keep stranger
keep_key stranger
