"""Listeners of a broker that let in only whom they know, with certificates that are made for it."""

from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization
from ports import free_port

USER, PASSWORD, KEY_PASSWORD = "vera", "quzxquzx-Ω-quzxquzx", "halo-of-1970"

_SETTINGS = """\
listeners=SASL_PLAINTEXT://127.0.0.1:{plain},SASL_SSL://127.0.0.1:{scram},SSL://127.0.0.1:{tls}
ssl.keystore.type=PEM
ssl.keystore.location={folder}/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location={folder}/ca.pem
ssl.client.auth=required
listener.name.sasl_ssl.ssl.client.auth=none
listener.name.sasl_plaintext.sasl.enabled.mechanisms=PLAIN
listener.name.sasl_ssl.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
  user_{user}="{password}";
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=\\
  org.apache.kafka.common.security.scram.ScramLoginModule required;
"""


class Doors:
    """Three ports: a password in the open, a password over TLS, and certificates on both sides."""

    def __init__(self, folder: Path) -> None:
        """Make certificates and the settings for `scripts/kafka --more` in a new folder."""
        folder.mkdir()
        self.plain, self.scram, self.tls = free_port(), free_port(), free_port()
        self.settings = folder / "more.properties"
        """For the broker."""
        self.ca, self.other_ca = folder / "ca.pem", folder / "other-ca.pem"
        """Who signed the broker's certificate, and somebody else."""
        self.certificate, self.key = folder / "me.pem", folder / "me.key"
        """Of a client; its key is encrypted."""
        ours = trustme.CA()
        self.ca.write_bytes(ours.cert_pem.bytes())
        self.other_ca.write_bytes(trustme.CA().cert_pem.bytes())
        broker, me = ours.issue_cert("127.0.0.1"), ours.issue_cert("vera@example.org")
        (folder / "broker.pem").write_bytes(_key(broker, "") + _chain(broker))
        self.certificate.write_bytes(_chain(me))
        self.key.write_bytes(_key(me, KEY_PASSWORD))
        self.settings.write_text(
            _SETTINGS.format(
                plain=self.plain, scram=self.scram, tls=self.tls, folder=folder, user=USER, password=_escaped(PASSWORD)
            )
        )


def _chain(one: trustme.LeafCert) -> bytes:
    return b"".join(certificate.bytes() for certificate in one.cert_chain_pems)


def _key(one: trustme.LeafCert, password: str) -> bytes:
    """Return a key as Kafka reads it; trustme writes another form."""
    key = serialization.load_pem_private_key(one.private_key_pem.bytes(), None)
    hidden = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)


def _escaped(text: str) -> str:
    """Return a text as a file of Java's properties has it."""
    return text.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")
