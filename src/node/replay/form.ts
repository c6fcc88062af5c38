/** What is made of a document before it is shown, such as one without names and secrets: that is what is kept. */
export interface Form<Document> {
  readonly name: string;
  /** @param env the host's variables: all that it may know besides the document */
  readonly make: (document: Document, env: Readonly<Record<string, string | undefined>>) => Promise<Document>;
}

/** The document as it is. */
export const whole = { name: 'whole', make: async <Document>(document: Document) => document };
