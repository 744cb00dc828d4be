#!/usr/bin/env bash
# Makes the vectors of this folder with OpenSSL 3. Run once; the tests read what it wrote.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# Keys and certificates: an authority, a signer with a key identifier, somebody else.
identity() { # name, subject, extensions...
  local name=$1 subject=$2; shift 2
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/$name.key" -out "$work/$name.pem" -subj "$subject" \
    -days 36500 -sha256 "$@" 2>/dev/null
  openssl pkcs8 -topk8 -nocrypt -in "$work/$name.key" -outform DER -out "$name.key.der"
  openssl x509 -in "$work/$name.pem" -outform DER -out "$name.der"
}
identity authority "/O=Vectors/CN=Authority" -addext keyUsage=critical,keyCertSign,digitalSignature,keyEncipherment
identity signer "/CN=Signer"
identity other "/CN=Somebody else"
printf 'The content of all vectors.\n' > content.txt

# Signed data.
sign() { # name, options...
  local name=$1; shift
  openssl cms -sign -binary -in content.txt -signer "$work/signer.pem" -inkey "$work/signer.key" -outform DER \
    -out "$name.der" "$@"
}
for digest in sha1 sha256 sha384 sha512; do sign "detached-$digest" -md "$digest"; done
sign attached -nodetach
sign attached-ber -nodetach -stream
sign key-identifier -nodetach -keyid
sign no-attributes -nodetach -noattr
sign other-type -nodetach -econtent_type pkcs7-envelopedData
sign two-certificates -nodetach -certfile "$work/other.pem"
sign no-certificates -nodetach -nocerts
sign two-signers -nodetach -signer "$work/other.pem" -inkey "$work/other.key"
openssl crl2pkcs7 -nocrl -certfile "$work/signer.pem" -certfile "$work/other.pem" -outform DER -out certificates-only.der

# Enveloped data.
envelop() { # name, cipher, options...
  local name=$1 cipher=$2; shift 2
  openssl cms -encrypt -binary -in content.txt "-$cipher" -outform DER -out "enveloped-$name.der" \
    -provider legacy -provider default "$@" "$work/authority.pem"
}
envelop des des-cbc
envelop 3des des-ede3-cbc
for bits in 128 192 256; do envelop "aes$bits" "aes-$bits-cbc"; done
envelop ber aes-128-cbc -stream
envelop key-identifier aes-128-cbc -keyid
envelop two-recipients aes-128-cbc -recip "$work/other.pem"

# A request for a certificate.
cat > "$work/req.cnf" <<'C'
[req]
prompt = no
distinguished_name = name
attributes = attributes
req_extensions = extensions
[name]
CN = Phone
[attributes]
challengePassword = open sesame
[extensions]
keyUsage = digitalSignature
C
openssl req -new -key "$work/signer.key" -config "$work/req.cnf" -outform DER -out request.der
