namespace Asm.Training.Datasets;

/// <summary>Which classes the patches of each split show.</summary>
internal static class PatchClasses
{
    /// <summary>Positions of the classes that a split's patches hold no pixel of, for splits that have patches.</summary>
    public static Dictionary<Split, int[]> Missing(Dataset dataset)
    {
        DatasetManifest manifest = dataset.Manifest;
        return PatchTable.Read(dataset.Folder, manifest).GroupBy(p => p.Split).ToDictionary(patches => patches.Key, patches =>
        {
            var found = new bool[byte.MaxValue + 1];
            foreach (PatchPlace patch in patches)
            {
                if (Array.TrueForAll(found[1..(manifest.Classes.Length + 1)], f => f)) break;
                DatasetScene scene = manifest.Scenes[patch.Scene];
                int right = Math.Min(scene.Width, patch.Column + manifest.PatchPixels),
                    bottom = Math.Min(scene.Height, patch.Row + manifest.PatchPixels);
                for (int row = patch.Row; row < bottom; row++)
                    foreach (byte code in dataset.LabelRow(scene, row)[patch.Column..right]) found[code] = true;
            }

            return Enumerable.Range(0, manifest.Classes.Length).Where(c => !found[c + 1]).ToArray();
        });
    }
}
