ALTER TABLE `calls` ADD `orderId` text;--> statement-breakpoint
ALTER TABLE `unit_members` ADD `phone` text;