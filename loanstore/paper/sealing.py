"""The store's seal: its own certificate, a PDF signed with it, and telling whether one is as it was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_FIELD: Final = "LoanstoreSeal"
_YEARS: Final = 30
"""How long the certificate is good: longer than any agreement is kept."""
_LONGEST_NAME: Final = 60
"""Characters; a certificate's name may have 64 (RFC 5280, ub-common-name)."""


@dataclass(frozen=True, slots=True)
class SealFound:
    """What the seal of a PDF says: whether there is one, by this store, over the whole file, and unbroken."""

    there: bool = False
    ours: bool = False
    whole: bool = False
    unbroken: bool = False

    @property
    def good(self) -> bool:
        """Tell whether the file is as it was sealed here."""
        return self.there and self.ours and self.whole and self.unbroken


def make_certificate(owner: str, now: datetime) -> tuple[bytes, bytes]:
    """Make a certificate in the owner's name and its private key (ECDSA P-256), both as DER."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, (owner.strip() or "loanstore")[:_LONGEST_NAME])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.DER), private


def seal(pdf: bytes, certificate: bytes, key: bytes) -> bytes:
    """Seal a PDF: the result begins with it byte for byte, and shows every later change."""
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko_certvalidator import registry

    known: Any = registry
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=known.SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    out = BytesIO()
    sign_pdf(writer, PdfSignatureMetadata(field_name=_FIELD, md_algorithm="sha256"), signer=signer, output=out)
    return out.getvalue()


def read_seal(pdf: bytes, certificates: Sequence[bytes]) -> SealFound:
    """Read the newest seal of a PDF; a file that is none, or is damaged beyond reading, bears no seal."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
        return _judge(signatures[-1], pdf, certificates) if signatures else SealFound()
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError):
        # A torn file surfaces as whatever its reader stumbles over; none of it is a seal.
        return SealFound()


def _judge(signature: Any, pdf: bytes, certificates: Sequence[bytes]) -> SealFound:  # noqa: ANN401 - pyHanko's own
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    start, length, later, rest = signature.byte_range
    whole = start == 0 and later + rest == len(pdf) and length < later
    signer = signature.signer_cert
    intact, valid = validate_sig_integrity(
        signature.signer_info, cert=signer, expected_content_type="data", actual_digest=signature.compute_digest()
    )
    return SealFound(there=True, ours=signer.dump() in certificates, whole=whole, unbroken=bool(intact and valid))
