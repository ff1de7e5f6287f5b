/** The place of one object in one cluster; `group` is empty for the core API group, `namespace` empty for cluster-scoped kinds. */
export type ObjectKey = {
  readonly cluster: string;
  readonly namespace: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
};

/** A stable text form of a key, for maps and logs; unique because no part may contain a slash. */
export function formatObjectKey(key: ObjectKey): string {
  return `${key.cluster}/${key.namespace}/${key.group}/${key.kind}/${key.name}`;
}

/** True where both keys name the same object. */
export function equalObjectKeys(left: ObjectKey, right: ObjectKey): boolean {
  return formatObjectKey(left) === formatObjectKey(right);
}
