CREATE INDEX `orders_burning` ON `orders` (`dueAt`,`state`,`handlingUnitId`,`id`) WHERE "dueAt" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_calm` ON `orders` (`state`,`createdAt`) WHERE "dueAt" IS NULL;--> statement-breakpoint
CREATE INDEX `orders_calm_unit` ON `orders` (`handlingUnitId`,`state`,`createdAt`) WHERE "dueAt" IS NULL;