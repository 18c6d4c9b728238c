using System.Globalization;
using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Baselines;

namespace Asm.Tests.Training.Baselines;

public sealed class RandomForestTests
{
    [Fact]
    public void A_forest_of_whole_trees_remembers_what_it_learnt()
    {
        PixelSamples samples = Samples.Random(600);
        Assert.True(Samples.Forest(samples, new ForestOptions { Trees = 50, MinLeaf = 1, Threads = 1 }).Accuracy(samples) > 0.99);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing_and_the_seed_does()
    {
        PixelSamples samples = Samples.Random(900);
        static float[] Thresholds(RandomForest forest) => [.. forest.Trees.SelectMany(t => t.Threshold)];
        float[] one = Thresholds(Samples.Forest(samples, new ForestOptions { Trees = 12, Threads = 1 }));
        Assert.Equal(one, Thresholds(Samples.Forest(samples, new ForestOptions { Trees = 12, Threads = 4 })));
        Assert.NotEqual(one, Thresholds(Samples.Forest(samples, new ForestOptions { Trees = 12, Threads = 4, Seed = 2 })));
    }

    [Fact]
    public void Every_leaf_holds_the_fewest_pixels_or_more_and_its_votes_are_whole()
    {
        PixelSamples samples = Samples.Random(900);
        var grower = new TreeGrower(new RankedSamples(samples), minLeaf: 30);
        DecisionTree tree = grower.Grow(new Random(5));
        int leaves = tree.Votes.Length / 3;
        // each leaf is reached by 30 drawn pixels or more, and so by at least as many of all pixels
        Assert.All(Enumerable.Range(0, samples.Count).GroupBy(i => tree.Leaf(samples.Spectrum(i))), leaf => Assert.True(leaf.Count() >= 30));
        Assert.All(Enumerable.Range(0, leaves), leaf => Assert.Equal(DecisionTree.Whole, tree.Votes.Skip(3 * leaf).Take(3).Sum(v => v)));
        Assert.Equal(tree.Nodes, 2 * leaves - 1);
    }

    [Fact]
    public void Fewer_pixels_than_two_leaves_make_a_tree_of_one_leaf()
    {
        RandomForest forest = Samples.Forest(Samples.TwoBands((0.1f, 0.1f, 1), (0.1f, 0.2f, 1), (0.2f, 0.3f, 2)), new ForestOptions { Trees = 50 });
        Assert.All(forest.Trees, t => Assert.Equal(1, t.Nodes));
    }

    [Fact]
    public void The_first_split_is_the_one_of_lowest_impurity()
    {
        // band B08 tells the classes apart exactly, between 0.3 and 0.4
        PixelSamples samples = Samples.TwoBands((0.1f, 0.1f, 1), (0.1f, 0.2f, 1), (0.1f, 0.3f, 1), (0.1f, 0.4f, 2), (0.1f, 0.5f, 2), (0.1f, 0.6f, 2));
        RandomForest forest = Samples.Forest(samples, new ForestOptions { Trees = 20, MinLeaf = 1 });
        Assert.All(forest.Trees.Where(t => t.Nodes > 1), t =>
        {
            Assert.Equal(3, t.Nodes);
            Assert.Equal(1, t.Band[0]);
            Assert.InRange(t.Threshold[0], 0.2f, 0.5f);
        });
        Assert.Equal(samples.Codes, forest.Predict(samples));
    }

    [Fact]
    public void Neighbouring_float_values_are_told_apart()
    {
        float low = 0.25f, high = MathF.BitIncrement(low);
        var ranked = new RankedSamples(Samples.TwoBands((low, 0, 1), (high, 0, 2)));
        Assert.Equal(low, ranked.Threshold(0, 0, 1));
    }

    [Fact]
    public void A_wrong_size_is_refused()
    {
        PixelSamples samples = Samples.Random(9);
        Assert.Throws<AsmException>(() => Samples.Forest(samples, new ForestOptions { Trees = 0 }));
        Assert.Throws<AsmException>(() => Samples.Forest(samples, new ForestOptions { MinLeaf = 0 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Accuracy_and_size_on_real_pixels_are_scikit_learn_s(int minLeaf)
    {
        (PixelSamples train, PixelSamples test) = Samples.GermanCities();
        using var folder = new TempFolder();
        train.Write(folder.File("train"));
        test.Write(folder.File("test"));
        string[] peer = Samples.Python("sklearn", $"""
            from sklearn.ensemble import RandomForestClassifier
            m = RandomForestClassifier(100, random_state=1, min_samples_leaf={minLeaf}).fit(*read(sys.argv[1]))
            print(m.score(*read(sys.argv[2])), sum(e.tree_.node_count for e in m.estimators_))
            """, folder.File("train"), folder.File("test")).Split(' ');
        RandomForest forest = Samples.Forest(train, new ForestOptions { MinLeaf = minLeaf });
        Assert.Equal(double.Parse(peer[0], CultureInfo.InvariantCulture), forest.Accuracy(test), 0.01);
        double nodes = forest.Trees.Sum(t => t.Nodes) / double.Parse(peer[1], CultureInfo.InvariantCulture);
        Assert.InRange(nodes, 0.97, 1.03);
    }
}
