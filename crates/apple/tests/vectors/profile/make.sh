#!/usr/bin/env bash
# Makes the chains that profiles are signed with in tests: an authority, and certificates of an RSA and a P-256 key.
# Run once, with OpenSSL 3. The files are kept, so that tests need no OpenSSL to sign.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/index"
cat > "$work/ca.cnf" <<END
[ca]
default_ca = own
[own]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[leaf]
keyUsage = critical, digitalSignature
subjectAltName = DNS:rollcall.example.com
END
issue() { # name, section, start, end, more
  openssl req -new -key "$work/$1.key" -subj "/CN=$1.example.com" -out "$work/$1.csr"
  openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$2" -startdate "$3" -enddate "$4" \
    -in "$work/$1.csr" -out "$work/$1.crt" "${@:5}"
}
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/authority.key"
issue authority authority 20200101000000Z 21000101000000Z -selfsign -keyfile "$work/authority.key"
cp "$work/authority.crt" authority.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/rsa.key"
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/p256.key"
cp "$work/p256.key" "$work/expired.key"
for name in rsa p256 expired; do
  end=21000101000000Z
  [ "$name" = expired ] && end=20210101000000Z
  issue "$name" leaf 20200101000000Z "$end" -cert authority.pem -keyfile "$work/authority.key"
  cat "$work/$name.crt" authority.pem > "$name.pem"
  [ "$name" = expired ] || cp "$work/$name.key" "$name.key.pem"
done
