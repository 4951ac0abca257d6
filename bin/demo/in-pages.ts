interface Page<Item> {
  items: Item[];
  nextCursor?: string | undefined;
}

/** Everything of a list, page after page. */
export async function* inPages<Item>(
  list: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
