export function PromptsPage() { return null; }
