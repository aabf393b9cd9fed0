CREATE TABLE `meeting_orders` (
	`meetingId` text NOT NULL,
	`orderId` text NOT NULL,
	`decision` text,
	PRIMARY KEY(`meetingId`, `orderId`)
);
--> statement-breakpoint
CREATE INDEX `meeting_orders_order` ON `meeting_orders` (`orderId`);--> statement-breakpoint
CREATE TABLE `meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`at` integer NOT NULL,
	`place` text NOT NULL,
	`attendees` text NOT NULL,
	`minutes` text,
	`heldAt` integer,
	`createdBy` text NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `meetings_at` ON `meetings` (`at`);--> statement-breakpoint
ALTER TABLE `orders` ADD `taskDueAt` integer;--> statement-breakpoint
CREATE INDEX `orders_supervised` ON `orders` (`supervision`,`dueAt`) WHERE "supervision" > 0 AND "endedAt" IS NULL;--> statement-breakpoint
CREATE INDEX `orders_tasks` ON `orders` (`taskDueAt`) WHERE "taskDueAt" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_ended` ON `orders` (`endedAt`,`id`) WHERE "endedAt" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `units` ADD `peers` text DEFAULT '' NOT NULL;