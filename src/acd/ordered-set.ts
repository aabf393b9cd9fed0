interface Node<T> {
  item: T;
  weight: number;
  size: number;
  left: Node<T> | null;
  right: Node<T> | null;
}

/**
 * A sorted set that also knows ranks: insert, remove, first and rank each cost O(log n). A treap
 * whose weights come from a counter, so the same inserts always build the same tree. The order of
 * two items must not change while they are inside, and no two different items may compare equal.
 */
export class OrderedSet<T> {
  readonly #compare: (a: T, b: T) => number;
  #root: Node<T> | null = null;
  #inserted = 0;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return sizeOf(this.#root);
  }

  first(): T | undefined {
    let node = this.#root;
    while (node?.left) node = node.left;
    return node?.item;
  }

  /** Adds the item; adding one that is there changes nothing. */
  add(item: T): void {
    this.#root = this.#with(this.#root, item);
  }

  /** Takes the item out; false when it was not there. */
  remove(item: T): boolean {
    const before = this.size;
    this.#root = this.#without(this.#root, item);
    return this.size < before;
  }

  /** How many items stand before this one; -1 when it is not in the set. */
  rank(item: T): number {
    let before = 0;
    let node = this.#root;
    while (node) {
      const order = this.#compare(item, node.item);
      if (order === 0) return before + sizeOf(node.left);
      if (order < 0) {
        node = node.left;
      } else {
        before += sizeOf(node.left) + 1;
        node = node.right;
      }
    }
    return -1;
  }

  *[Symbol.iterator](): Generator<T> {
    const path: Node<T>[] = [];
    let node = this.#root;
    while (node || path.length > 0) {
      while (node) {
        path.push(node);
        node = node.left;
      }
      const next = path.pop();
      if (!next) return;
      yield next.item;
      node = next.right;
    }
  }

  /** One walk down, and up again turning the newcomer above whom it outweighs. */
  #with(node: Node<T> | null, item: T): Node<T> {
    if (!node) {
      this.#inserted += 1;
      return { item, weight: scramble(this.#inserted), size: 1, left: null, right: null };
    }
    const order = this.#compare(item, node.item);
    if (order === 0) return node;
    if (order < 0) {
      const left = this.#with(node.left, item);
      node.left = left;
      if (left.weight > node.weight) {
        node.left = left.right;
        left.right = resized(node);
        return resized(left);
      }
    } else {
      const right = this.#with(node.right, item);
      node.right = right;
      if (right.weight > node.weight) {
        node.right = right.left;
        right.left = resized(node);
        return resized(right);
      }
    }
    return resized(node);
  }

  #without(node: Node<T> | null, item: T): Node<T> | null {
    if (!node) return null;
    const order = this.#compare(item, node.item);
    if (order === 0) return merge(node.left, node.right);
    if (order < 0) node.left = this.#without(node.left, item);
    else node.right = this.#without(node.right, item);
    return resized(node);
  }
}

function sizeOf(node: Node<unknown> | null): number {
  return node ? node.size : 0;
}

function resized<T>(node: Node<T>): Node<T> {
  node.size = sizeOf(node.left) + sizeOf(node.right) + 1;
  return node;
}

function merge<T>(before: Node<T> | null, after: Node<T> | null): Node<T> | null {
  if (!before) return after;
  if (!after) return before;
  if (before.weight > after.weight) {
    before.right = merge(before.right, after);
    return resized(before);
  }
  after.left = merge(before, after.left);
  return resized(after);
}

/** Spreads a counter over 32 bits (the finaliser of MurmurHash3), so that the tree stays flat. */
function scramble(counter: number): number {
  let hash = counter | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
