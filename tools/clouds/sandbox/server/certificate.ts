import { generate } from "selfsigned";

/** A certificate for loopback, made anew at each start; its PEM is what clients trust as `ca`. */
export async function createCertificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "CloudOptima sandbox" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    // The business clock may be moved, the certificate's dates follow the machine's.
    notBeforeDate: new Date(Date.now() - 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { key, cert };
}
