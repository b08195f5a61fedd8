using Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

public class CronScheduleTests
{
    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("0 0 1 1 0")]
    [InlineData("0,30 8-17 * jan-jun mon-fri")]
    [InlineData("0 22 * * 1-5/2")]
    [InlineData("@hourly")]
    [InlineData("@every 1h30m")]
    public void A_schedule(string schedule) => Assert.Null(CronSchedule.Error(schedule));

    [Theory]
    [InlineData("often", "expected exactly 5 fields, found 1: [often]")]
    [InlineData("60 * * * *", "end of range (60) above maximum (59): 60")]
    [InlineData("* * 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("1-2-3 * * * *", "too many hyphens: 1-2-3")]
    [InlineData("@sometimes", "unrecognized descriptor: @sometimes")]
    public void No_schedule(string schedule, string why) => Assert.Equal(why, CronSchedule.Error(schedule));
}
