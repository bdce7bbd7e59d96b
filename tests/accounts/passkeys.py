"""A passkey without a device: what a browser would have sent when it was added."""

from __future__ import annotations

from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData


def give_passkey(user, name: str = "Blue key"):
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AttestedCredentialData.create(b"\0" * 16, b"credential-of-a-test", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    auth_data = AuthenticatorData.create(sha256(b"testserver"), flags, 0, data)
    client_data = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    credential = {
        "id": websafe_encode(b"credential-of-a-test"),
        "rawId": websafe_encode(b"credential-of-a-test"),
        "type": "public-key",
        "response": {
            "clientDataJSON": client_data.b64,
            "attestationObject": websafe_encode(AttestationObject.create("none", auth_data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return WebAuthn.add(user, name, credential).instance
