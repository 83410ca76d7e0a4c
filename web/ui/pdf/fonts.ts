const addresses = import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url',
  import: 'default',
  eager: true,
})

const byName = new Map(Object.entries(addresses).map(([path, address]) => [path.split('/').pop(), address]))

/** The 14 fonts that a PDF may use without holding them (ISO 32000-1, 9.6.2.2), each fetched where one does. */
export class StandardFonts {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = byName.get(filename)
    const reply = address === undefined ? undefined : await fetch(address)
    if (!reply?.ok) throw new Error(`there is no font ${filename}`)
    return new Uint8Array(await reply.arrayBuffer())
  }
}
