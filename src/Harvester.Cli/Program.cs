using Harvester.Cli;

return await HarvesterTool.RunAsync(args, ToolContext.ForProcess());
