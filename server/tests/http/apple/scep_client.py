"""Asks for a certificate over SCEP (RFC 8894), as a phone does, and checks the answer strictly.

usage: scep_client.py URL CHALLENGE FILE

The certificate is written to FILE. Made of asn1crypto and cryptography, so that nothing of Rollcall checks itself. The
request is in BER with a length that is not stated, as some clients send it.
"""

import datetime
import hashlib
import os
import sys
import urllib.request

from asn1crypto import algos, cms, core, x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.x509.oid import AttributeOID, ExtendedKeyUsageOID, NameOID


class Texts(core.SetOf):
    _child_spec = core.PrintableString


class Octets(core.SetOf):
    _child_spec = core.OctetString


# The attributes of SCEP: the last number of the identifier, the name, the kind of value.
for number, name, kind in [
    (2, "message_type", Texts),
    (3, "pki_status", Texts),
    (4, "fail_info", Texts),
    (5, "sender_nonce", Octets),
    (6, "recipient_nonce", Octets),
    (7, "transaction_id", Texts),
]:
    cms.CMSAttributeType._map[f"2.16.840.1.113733.1.9.{number}"] = name
    cms.CMSAttribute._oid_specs[name] = kind


def call(url, body=None):
    with urllib.request.urlopen(urllib.request.Request(url, data=body), timeout=60) as response:
        return response.read()


def issuer_and_serial(certificate):
    return {"issuer": certificate.issuer, "serial_number": certificate.serial_number}


def self_signed(key):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "independent")])
    start = datetime.datetime(2020, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start.replace(year=2090))
    made = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return asn1_x509.Certificate.load(made)


def request(key, challenge):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "independent")])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    builder = builder.add_attribute(AttributeOID.CHALLENGE_PASSWORD, challenge.encode())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def encrypted(content, authority):
    key, vector = os.urandom(16), os.urandom(16)
    rest = 16 - len(content) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    sealed = encryptor.update(content + bytes([rest]) * rest) + encryptor.finalize()
    public_key = serialization.load_der_public_key(authority.public_key.dump())
    recipient = cms.KeyTransRecipientInfo({
        "version": "v0",
        "rid": {"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer_and_serial(authority))},
        "key_encryption_algorithm": {"algorithm": "rsaes_pkcs1v15"},
        "encrypted_key": public_key.encrypt(key, padding.PKCS1v15()),
    })
    data = {
        "version": "v0",
        "recipient_infos": [cms.RecipientInfo({"ktri": recipient})],
        "encrypted_content_info": {
            "content_type": "data",
            "content_encryption_algorithm": algos.EncryptionAlgorithm({"algorithm": "aes128_cbc", "parameters": vector}),
            "encrypted_content": sealed,
        },
    }
    return cms.ContentInfo({"content_type": "enveloped_data", "content": cms.EnvelopedData(data)}).dump()


def signed(content, key, own, transaction, nonce):
    attributes = cms.CMSAttributes([
        {"type": "content_type", "values": ["data"]},
        {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
        {"type": "message_type", "values": ["19"]},
        {"type": "transaction_id", "values": [transaction]},
        {"type": "sender_nonce", "values": [nonce]},
    ])
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer_and_serial(own))}),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
        "signature": key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
    }
    data = cms.SignedData({
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data", "content": content},
        "certificates": [own],
        "signer_infos": [signer],
    })
    message = cms.ContentInfo({"content_type": "signed_data", "content": data})
    message.dump(force=True)
    return b"\x30\x80" + message.contents + b"\x00\x00"


def checked(answer, authority, transaction, nonce):
    """The content of an answer that the authority signed."""
    data = cms.ContentInfo.load(answer, strict=True)["content"]
    (signer,) = data["signer_infos"]
    said = {attribute["type"].native: attribute["values"][0].native for attribute in signer["signed_attrs"]}
    assert said["message_type"] == "3" and said["transaction_id"] == transaction, said
    assert said["recipient_nonce"] == nonce and len(said["sender_nonce"]) >= 16, said
    assert said["pki_status"] == "0", f"refused: {said}"
    assert signer["sid"].chosen["serial_number"].native == authority.serial_number
    assert signer["signature_algorithm"]["algorithm"].native in ("rsassa_pkcs1v15", "sha256_rsa")
    content = data["encap_content_info"]["content"].native
    assert hashlib.sha256(content).digest() == said["message_digest"]
    public_key = serialization.load_der_public_key(authority.public_key.dump())
    attributes = signer["signed_attrs"].untag().dump()
    public_key.verify(signer["signature"].native, attributes, padding.PKCS1v15(), hashes.SHA256())
    return content


def decrypted(envelope, key):
    data = cms.ContentInfo.load(envelope, strict=True)["content"]
    (recipient,) = data["recipient_infos"]
    inside = data["encrypted_content_info"]
    algorithm = inside["content_encryption_algorithm"]
    assert algorithm["algorithm"].native == "aes128_cbc", "in the cipher of the request"
    secret = key.decrypt(recipient.chosen["encrypted_key"].native, padding.PKCS1v15())
    decryptor = Cipher(algorithms.AES(secret), modes.CBC(algorithm["parameters"].native)).decryptor()
    padded = decryptor.update(inside["encrypted_content"].native) + decryptor.finalize()
    return padded[: -padded[-1]]


def main(url, challenge, file):
    capabilities = call(f"{url}?operation=GetCACaps").decode().split("\n")
    assert {"SHA-256", "AES", "POSTPKIOperation"} <= set(capabilities), capabilities
    authority = asn1_x509.Certificate.load(call(f"{url}?operation=GetCACert"), strict=True)
    key = rsa.generate_private_key(65537, 2048)
    transaction, nonce = os.urandom(16).hex(), os.urandom(16)
    message = signed(encrypted(request(key, challenge), authority), key, self_signed(key), transaction, nonce)
    content = checked(call(f"{url}?operation=PKIOperation", message), authority, transaction, nonce)
    bundle = cms.ContentInfo.load(decrypted(content, key), strict=True)["content"]
    (issued,) = bundle["certificates"]
    made = issued.chosen.dump()
    certificate, issuer = x509.load_der_x509_certificate(made), x509.load_der_x509_certificate(authority.dump())
    assert certificate.public_key().public_numbers() == key.public_key().public_numbers(), "another key"
    assert certificate.issuer == issuer.subject
    issuer.public_key().verify(
        certificate.signature, certificate.tbs_certificate_bytes, padding.PKCS1v15(), certificate.signature_hash_algorithm
    )
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.CLIENT_AUTH], usage
    with open(file, "wb") as out:
        out.write(made)


main(*sys.argv[1:])
