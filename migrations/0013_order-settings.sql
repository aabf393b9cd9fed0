CREATE TABLE `order_files` (
	`id` text PRIMARY KEY NOT NULL,
	`orderId` text NOT NULL,
	`at` integer NOT NULL,
	`personId` text NOT NULL,
	`unitId` text,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `order_files_order` ON `order_files` (`orderId`,`at`);--> statement-breakpoint
CREATE TABLE `order_settings` (
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`personId` text,
	`why` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`kind`, `version`)
);
--> statement-breakpoint
ALTER TABLE `orders` ADD `point` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `answers` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `catalogueVersion` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `visitedAt` integer;