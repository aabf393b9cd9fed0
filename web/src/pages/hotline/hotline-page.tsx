export function HotlinePage() { return null; }
