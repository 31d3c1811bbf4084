# SPDX-License-Identifier: Apache-2.0
"""Certificates for the benchmarks: leaf, intermediate and root, made with the openssl command."""

import subprocess


def run(*words, text=None):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, input=text, text=True)


def key(path, kind):
    if kind.startswith("rsa"):
        run("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{kind[3:]}", "-out", path)
    else:
        run("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{kind}", "-out", path)


def certificate(folder, name, kind, issuer=None, ca=False):
    key(folder / f"{name}.key", kind)
    extensions = folder / f"{name}.ext"
    extensions.write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n" if ca else
                          "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    run("req", "-new", "-key", folder / f"{name}.key", "-subj", f"/CN=Vedette bench {name}", "-out", folder / f"{name}.csr")
    signer = (["-CA", folder / f"{issuer}.pem", "-CAkey", folder / f"{issuer}.key", "-CAcreateserial"] if issuer else
              ["-signkey", folder / f"{name}.key"])
    run("x509", "-req", "-in", folder / f"{name}.csr", "-days", 30, "-sha256", "-extfile", extensions, *signer,
        "-out", folder / f"{name}.pem")


def chain(folder, name, leaf="P-256", intermediate="P-256", root="P-256"):
    """Returns (chain file to serve, its key, root file)."""
    certificate(folder, f"{name}-root", root, ca=True)
    certificate(folder, f"{name}-int", intermediate, issuer=f"{name}-root", ca=True)
    certificate(folder, f"{name}-leaf", leaf, issuer=f"{name}-int")
    served = folder / f"{name}-chain.pem"
    served.write_text((folder / f"{name}-leaf.pem").read_text() + (folder / f"{name}-int.pem").read_text())
    return served, folder / f"{name}-leaf.key", folder / f"{name}-root.pem"
