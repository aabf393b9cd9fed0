CREATE TABLE `experts` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`skill` text NOT NULL,
	`seatId` text,
	`number` text,
	`enabled` integer DEFAULT true NOT NULL,
	`roster` text NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `calls` ADD `direction` text DEFAULT 'in' NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `tags` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `calls_tagged` ON `calls` (`arrivedAt`) WHERE tags <> '[]';--> statement-breakpoint
ALTER TABLE `seats` ADD `autoAnswer` integer DEFAULT false NOT NULL;