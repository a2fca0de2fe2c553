// Sections that the program wrote as markup (the card, the evidence, what came after): they stand in the page before it is
// drawn and are moved to their places. The markup is that of the card's and the claims' own pages; every text in it was
// escaped where it was written.

/** The section with this id, if the page carries it. */
export function carried(id: string): () => HTMLElement | null {
  return () => document.querySelector<HTMLElement>(`#report > section.carried#${id}`);
}
